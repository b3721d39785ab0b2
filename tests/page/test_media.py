"""Pictures, films and sounds, as the page asks for them."""

from data.media import read_media
from tests.page.visitor import Visitor


async def test_each_is_there_as_what_it_is_and_may_be_kept_for_ever(ann: Visitor) -> None:
    for medium in (read_media()["map.spots"], next(m for m in read_media().values() if m.is_film)):
        answer = await ann.gets(f"/media/{medium.hash}/{medium.id}")
        assert answer.status == 200
        assert answer.headers["Content-Type"] == medium.mime
        assert "immutable" in answer.headers["Cache-Control"]
        assert int(answer.headers["Content-Length"]) == medium.path.stat().st_size


async def test_an_address_that_is_not_of_a_medium_leads_nowhere(ann: Visitor) -> None:
    medium = read_media()["map.spots"]
    for address in (f"/media/0/{medium.id}", f"/media/{medium.hash}/other", "/media/x/..%2Fbot.db"):
        assert (await ann.gets(address)).status == 404
