"""What stands on a screen has room around it."""


def test_no_field_touches_what_stands_below_it(desk):
    page = desk.browser.new_page()
    for path in ("/sign-in", "/sign-in/new?token=x"):
        page.goto(desk.url + path)
        gaps = page.evaluate(
            """() => [...document.querySelectorAll('main input:not([type=hidden])')].map(field => {
                const next = field.nextElementSibling;
                return next.getBoundingClientRect().top - field.getBoundingClientRect().bottom;
            })"""
        )
        assert min(gaps) >= 8, (path, gaps)
