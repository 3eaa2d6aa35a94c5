"""A house that is opened for the first time gets one book, whoever else opens it in that instant."""

from contextlib import closing

from tests.store.conftest import opened

from briefing.store.departures import Book, Departures


def test_whoever_saw_no_book_keeps_the_one_that_another_program_began_meanwhile(url, tmp_path):
    path = tmp_path / "departures.log"

    class AskedTooEarly(Book):
        """Is told that there is none, right before another program opens the house."""

        began = b""

        def exists(self) -> bool:
            if self.began:
                return super().exists()
            opened(url, tmp_path).close()
            self.began = path.read_bytes()
            return False

    with closing(opened(url, tmp_path)) as store:
        path.unlink()
        with store.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM house")
        book = AskedTooEarly(path)
        with closing(Departures(store.database, book, store.departures.marking)) as late:
            late.open()
    assert book.began
    assert path.read_bytes() == book.began
