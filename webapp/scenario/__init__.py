"""What follows if the rings are moved: scenarios beside the base plan, land that fits a wish, how firm an answer is."""
