"""The settings: what the environment may say, and how a bad value is named."""

import dataclasses
from pathlib import Path

import pytest

from webapp.settings import MAX_REVIEW_NO_LENGTH, Settings, SettingsError


def faults_of(**environment: str) -> dict[str, str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environment)
    return {fault.name: fault.text("en") for fault in caught.value.faults}


def test_settings_empty_environment_gives_the_defaults() -> None:
    settings = Settings.from_environment({})
    assert settings == Settings()
    assert (settings.host, settings.port, settings.data, settings.store) == (
        "127.0.0.1",
        8000,
        Path("data"),
        Path("var"),
    )
    assert settings.map_review_no is None


def test_settings_empty_values_count_as_unset() -> None:
    environment = dict.fromkeys(("DATA", "STORE", "HOST", "PORT", "MAP_REVIEW_NO", "ANSWER_SECONDS"), " ")
    assert Settings.from_environment(environment) == Settings()


def test_settings_every_variable_is_read(tmp_path: Path) -> None:
    environment = {
        "DATA": str(tmp_path),
        "STORE": "kept",
        "HOST": "0.0.0.0",
        "PORT": "8123",
        "MAP_REVIEW_NO": "赣S(2025)001号",
        "ANSWER_SECONDS": "600",
    }
    assert Settings.from_environment(environment) == Settings(
        tmp_path, Path("kept"), host="0.0.0.0", port=8123, map_review_no="赣S(2025)001号", answer_seconds=600
    )


def test_settings_are_read_when_asked_for_not_at_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8124")
    assert Settings.from_environment().port == 8124
    monkeypatch.setenv("PORT", "8125")
    assert Settings.from_environment().port == 8125


def test_settings_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize("port", ["0", "1", "65535"])
def test_settings_port_limits_are_in(port: str) -> None:
    assert Settings.from_environment({"PORT": port}).port == int(port)


@pytest.mark.parametrize(
    "port", ["65536", "-1", "80a", "8000.0", "1e3", "８０００", "9" * 5000, "\N{ZERO WIDTH SPACE}80"]
)
def test_settings_bad_port_is_named_with_a_remedy(port: str) -> None:
    text = faults_of(PORT=port)["PORT"]
    assert "is not a port" in text
    assert "PORT=8000" in text
    assert len(text) < 1200
    assert "\n" not in text


@pytest.mark.parametrize("host", ["a b", "http://x", "127.0.0.1/24", "主机", "a" * 300])
def test_settings_bad_host_is_named(host: str) -> None:
    assert "HOST" in faults_of(HOST=host)


@pytest.mark.parametrize("host", ["::1", "::", "10.0.0.7", "atlas.gov.local", "localhost"])
def test_settings_addresses_of_both_kinds_are_taken(host: str) -> None:
    assert Settings.from_environment({"HOST": host}).host == host


@pytest.mark.parametrize(
    "number",
    ["a" * (MAX_REVIEW_NO_LENGTH + 1), "GS\r\nX-Bad: 1", "GS\x00", "GS\N{RIGHT-TO-LEFT OVERRIDE}1", "GS\ud800"],
)
def test_settings_bad_review_number_is_named(number: str) -> None:
    assert "MAP_REVIEW_NO" in faults_of(MAP_REVIEW_NO=number)


def test_settings_longest_review_number_is_in() -> None:
    number = "号" * MAX_REVIEW_NO_LENGTH
    assert Settings.from_environment({"MAP_REVIEW_NO": number}).map_review_no == number


@pytest.mark.parametrize("name", ["DATA", "STORE"])
def test_settings_file_in_place_of_a_folder_is_named(name: str, tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.touch()
    assert "is a file" in faults_of(**{name: str(file)})[name]


def test_settings_every_fault_is_named_at_once() -> None:
    assert set(faults_of(PORT="x", HOST="a b", MAP_REVIEW_NO="\x01")) == {"PORT", "HOST", "MAP_REVIEW_NO"}


def test_settings_faults_speak_both_languages() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"PORT": "x"})
    assert "处理" in caught.value.faults[0].text("zh")
    assert "Remedy" in caught.value.faults[0].text("en")


@pytest.mark.parametrize("seconds", ["0", "601", "-1", "1.5", "a minute", "２０"])
def test_settings_time_of_an_answer_is_whole_seconds(seconds: str) -> None:
    assert "ANSWER_SECONDS" in faults_of(ANSWER_SECONDS=seconds)
