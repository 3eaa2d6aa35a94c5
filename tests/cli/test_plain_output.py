"""What a command prints when there is nothing, or a word is wrong: a sentence of ours that names the next step."""

from tests.commands import run

from briefing.actions.admin.init import make_house


def test_what_is_wrong_or_empty_is_told_in_our_words(tmp_path):
    make_house(tmp_path)
    unknown = run(tmp_path, "editors", "role", "ada", "king")
    assert unknown.returncode == 2
    assert "'king' is not one of 'viewer', 'editor', 'approver', 'ops'" in unknown.stderr
    assert "Value error" not in unknown.stderr
    nobody = run(tmp_path, "editors", "passkeys", "eve")
    assert nobody.returncode == 1
    assert "There is no editor 'eve'" in nobody.stderr
    unread = run(tmp_path, "entries")
    assert unread.returncode == 0
    assert "`briefing draft` reads them" in unread.stdout
    assert "Source" not in unread.stdout
