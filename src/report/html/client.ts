/**
 * The script of a report page. It draws each figure when it comes near the window, follows the colour scheme and the width, and draws
 * everything, light and in paper width, for printing. `window.report` is for the image export and for tests.
 *
 * It is kept as text because it runs in the page, not here: a compiled function's source would carry the compiler's helpers with it.
 */
export const CLIENT_SCRIPT: string = `
"use strict";
(function () {
  var page = JSON.parse(document.getElementById("report-data").textContent);
  var NARROW = 480, PAPER = 660;
  var dark = matchMedia("(prefers-color-scheme: dark)");
  var paper = matchMedia("print");
  var printing = false;
  var specs = {};
  page.figures.forEach(function (spec) { specs[spec.id] = spec; });
  var places = Array.prototype.slice.call(document.querySelectorAll(".plot"));
  var config = {
    displaylogo: false, responsive: false,
    modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d", "pan2d"],
    toImageButtonOptions: { format: "svg" }
  };

  function layoutFor(spec, width, theme) {
    var layout = Object.assign({}, spec.layout, width < NARROW ? spec.narrow : {});
    layout.template = page.templates[theme];
    layout.width = width;
    layout.dragmode = width < NARROW ? false : "zoom";
    return JSON.parse(JSON.stringify(layout));
  }
  function wantedTheme() { return dark.matches && !printing ? "dark" : "light"; }
  function wantedWidth(place) {
    var width = Math.floor(place.getBoundingClientRect().width) || place.parentNode.clientWidth;
    return printing ? Math.min(PAPER, specs[place.dataset.figure].wide ? PAPER : 560) : width;
  }
  function draw(place) {
    var spec = specs[place.dataset.figure];
    var width = wantedWidth(place), theme = wantedTheme(), state = width + " " + theme;
    if (!(width > 0) || place.dataset.drawn === state) return Promise.resolve();
    place.dataset.drawn = state;
    var layout = layoutFor(spec, width, theme);
    place.style.height = layout.height + "px";
    config.toImageButtonOptions.filename = spec.id;
    return Plotly.react(place, JSON.parse(JSON.stringify(spec.data)), layout, Object.assign({}, config, { displayModeBar: width < NARROW ? false : "hover" }));
  }
  function redraw() { return Promise.all(places.filter(function (p) { return p.dataset.drawn; }).map(draw)); }
  function drawAll() { return Promise.all(places.map(draw)); }

  function setPrinting(on) {
    if (printing === on) return;
    printing = on;
    if (on) drawAll(); else redraw();
  }
  addEventListener("beforeprint", function () { setPrinting(true); });
  addEventListener("afterprint", function () { setPrinting(false); });
  paper.addEventListener("change", function () { setPrinting(paper.matches); });
  dark.addEventListener("change", redraw);

  var pending = 0;
  addEventListener("resize", function () {
    if (printing) return;
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(redraw);
  });

  // Space is kept before a figure is drawn, so that links to sections land where they should.
  places.forEach(function (place) {
    var spec = specs[place.dataset.figure];
    place.style.height = layoutFor(spec, wantedWidth(place), "light").height + "px";
  });
  if ("IntersectionObserver" in window) {
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        observer.unobserve(entry.target);
        draw(entry.target);
      });
    }, { rootMargin: "600px 0px" });
    places.forEach(function (place) { observer.observe(place); });
  } else drawAll();

  function image(id, options) {
    var spec = specs[id];
    var width = spec.wide ? 1000 : 720;
    var layout = layoutFor(spec, width, options.theme);
    var title = spec.titleLines, extra = 14 + 21 * title.length;
    layout.title = { text: title.join("<br>"), x: 0.012, xanchor: "left", xref: "container", y: 1, yanchor: "top", yref: "container", pad: { t: 12 }, font: { size: 16 } };
    layout.margin = Object.assign({}, layout.margin, { t: layout.margin.t + extra });
    layout.height += extra;
    return Plotly.toImage({ data: JSON.parse(JSON.stringify(spec.data)), layout: layout, config: config },
      { format: options.format, width: width, height: layout.height, scale: options.format === "png" ? 2 : 1 });
  }
  window.report = { ids: page.figures.map(function (s) { return s.id; }), specs: specs, drawAll: drawAll, image: image };
})();
`.trim();
