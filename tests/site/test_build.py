from tests.site.conftest import Workshop
def test_x(workshop: Workshop) -> None:
    r = workshop.build()
    print(r)
