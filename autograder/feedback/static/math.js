// Draws every formula that markup.py left as text in an element of class "math".
//
// KaTeX sets a few style attributes with setAttribute, which a page without 'unsafe-inline' refuses; the same text through
// the style object is allowed. So while formulas are drawn, and only then, setAttribute("style") goes that way.
"use strict";
(() => {
  const setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name === "style") this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };
  try {
    for (const element of document.querySelectorAll(".math")) {
      const text = element.textContent;
      const tex = text.replace(/^\s*\${1,2}/, "").replace(/\${1,2}\s*$/, "");
      try {
        katex.render(tex, element, {
          displayMode: element.classList.contains("display"),
          maxExpand: 500,       // a macro that calls itself stops
          maxSize: 10,          // em; nobody's formula covers the page
          strict: "ignore",
          trust: false,
        });
      } catch (error) {
        element.textContent = text;
        element.classList.add("unreadable");
        element.title = String(error.message || error);
      }
    }
  } finally {
    Element.prototype.setAttribute = setAttribute;
  }
})();
