import pytest
from tests.web.ui.test_looks import *
pytestmark=[pytest.mark.browser]
def test_zz(tab):
    tab.set_viewport_size({"width":320,"height":800})
    tab.goto(f"{SITE}/ui/?look=person"); tab.add_style_tag(content=TWICE)
    print(tab.evaluate("()=>[...document.querySelectorAll('*')].filter(e=>e.getBoundingClientRect().right>320.5).map(e=>e.tagName+'.'+e.className+':'+Math.round(e.getBoundingClientRect().right)+e.textContent.slice(0,30)).slice(0,20)"))
