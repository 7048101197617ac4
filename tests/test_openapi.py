"""The description of the JSON routes holds for every route: its words, its answers, its examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate
from werkzeug.test import TestResponse

Json = dict[str, Any]
JSON_ROUTES = ("/api/", "/export/", "/healthz")


@pytest.fixture
def document(client: FlaskClient) -> Json:
    found: Json = client.get("/openapi.json").get_json()
    return found


def operations(document: Json) -> Iterator[tuple[str, Json]]:
    return ((path, one) for path, item in document["paths"].items() for one in item.values())


def ask(client: FlaskClient, address: str, operation: Json, words: dict[str, str]) -> TestResponse:
    """The answer to an operation: with the example of its body if it takes one."""
    content = operation.get("requestBody", {}).get("content")
    if content is None:
        return client.get(address, query_string=words)
    (kind, body), *_ = content.items()
    sent = body["example"] if kind == "text/plain" else json.dumps(body["example"])
    return client.post(address, query_string=words, data=sent, content_type=kind)


def example(path: str, operation: Json) -> tuple[str, dict[str, str]]:
    words = {}
    for word in operation["parameters"]:
        if word["in"] == "path":
            path = path.replace(f"{{{word['name']}}}", word["example"])
        elif word["required"]:
            words[word["name"]] = str(word["example"])
    return path, words


def test_document_is_valid_openapi(document: Json) -> None:
    validate(document)


def test_every_json_route_is_described_and_nothing_else(app: Flask, document: Json) -> None:
    rules = {re.sub(r"<(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}
    assert {rule for rule in rules if rule.startswith(JSON_ROUTES)} == set(document["paths"])


def test_examples_answer_as_described(client: FlaskClient, document: Json) -> None:
    for path, operation in operations(document):
        address, words = example(path, operation)
        answer = ask(client, address, operation, words)
        assert answer.status_code == 200, address
        (kind, content), *_ = operation["responses"]["200"]["content"].items()
        assert answer.mimetype == kind
        schema = {**content["schema"], "components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(answer.get_json())


def test_every_described_word_is_taken_with_each_of_its_values(client: FlaskClient, document: Json) -> None:
    for path, operation in operations(document):
        address, words = example(path, operation)
        for word in operation["parameters"]:
            for value in word["schema"].get("enum", []) if word["in"] == "query" else []:
                answer = ask(client, address, operation, {**words, word["name"]: value})
                assert answer.status_code == 200, (address, word["name"], value)


def test_words_that_are_not_described_are_problems(client: FlaskClient, document: Json) -> None:
    for path, operation in operations(document):
        address, words = example(path, operation)
        answer = ask(client, address, operation, {**words, "elsewhere": "1"})
        assert answer.status_code == 400, address
        schema = {"$ref": "#/components/schemas/Problem", "components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(answer.get_json())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_lists_every_route_with_an_example_that_opens(client: FlaskClient, document: Json, lang: str) -> None:
    page = client.get(f"/api?lang={lang}").get_data(as_text=True)
    for path, operation in operations(document):
        assert path in page
        if lang == "zh":
            assert operation["summary"] not in page
