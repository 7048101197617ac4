"""What people ask of a site: its corners read, its verdicts with reasons, all drawn sites checked."""
