(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var panel = document.getElementById("panel");
  var panelTitle = document.getElementById("panel-title");
  var panelBody = document.getElementById("panel-body");
  var position = document.getElementById("position");
  var filters = Array.prototype.slice.call(document.querySelectorAll(".filter"));
  var spots = Array.prototype.slice.call(document.querySelectorAll("[data-verdict]"));
  var pieces = Array.prototype.slice.call(document.querySelectorAll(".found"));
  var chosen = null;
  var opened = null;

  // All text goes through textContent, so nothing of a record is ever read as markup.
  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) { element.className = className; }
    if (text !== undefined) { element.textContent = text; }
    return element;
  }

  function kindOf(spot) { return spot.getAttribute("data-verdict"); }
  function visible() {
    return spots.filter(function (spot) { return !chosen || kindOf(spot) === chosen; });
  }

  function row(list, name, value) {
    if (value === null || value === undefined || value === "") { return; }
    list.appendChild(make("dt", "", name));
    list.appendChild(make("dd", "", value));
  }

  function listing(parent, head, lines) {
    if (!lines.length) { return; }
    parent.appendChild(make("div", "", head));
    var list = make("ul");
    lines.forEach(function (line) { list.appendChild(make("li", "", line)); });
    parent.appendChild(list);
  }

  function recordTable(parent, table) {
    var shown = table.rows.length < table.total ? "(前 " + table.rows.length + " 条)" : "";
    var box = make("div", "wide");
    box.tabIndex = 0;
    var element = make("table", "records");
    element.appendChild(make("caption", "", table.ledger + " 共 " + table.total + " 条" + shown));
    var head = make("tr");
    table.heads.forEach(function (text) {
      var cell = make("th", "", text);
      cell.scope = "col";
      head.appendChild(cell);
    });
    var thead = make("thead");
    thead.appendChild(head);
    element.appendChild(thead);
    var body = make("tbody");
    table.rows.forEach(function (cells) {
      var line = make("tr");
      cells.forEach(function (text) { line.appendChild(make("td", "", text)); });
      body.appendChild(line);
    });
    element.appendChild(body);
    box.appendChild(element);
    parent.appendChild(box);
  }

  function approval(parent, exception) {
    if (!exception) { return; }
    var box = make("div", "exception");
    box.appendChild(make("span", "badge", "批准例外"));
    var list = make("dl");
    row(list, "批准人", exception.who);
    row(list, "理由", exception.why);
    row(list, "文件", exception.document);
    box.appendChild(list);
    parent.appendChild(box);
  }

  function verdictSection(verdict) {
    var section = make("section", verdict.verdict);
    section.appendChild(make("span", "badge", verdict.conclusion));
    section.appendChild(make("h3", "", verdict.label || verdict.indicator));
    section.appendChild(make("p", "reason", verdict.reason));
    approval(section, verdict.exception);
    var list = make("dl");
    row(list, "表述", verdict.predicate);
    row(list, "台账值", verdict.value);
    row(list, "期间", verdict.window);
    row(list, "地方", verdict.place);
    row(list, "口径", verdict.meaning);
    row(list, "依据", verdict.basis);
    row(list, "记录数", verdict.records);
    row(list, "建议写作", verdict.suggestion);
    section.appendChild(list);
    listing(section, "缺口:", verdict.gaps);
    listing(section, "逐项:", verdict.members);
    verdict.tables.forEach(function (table) { recordTable(section, table); });
    return section;
  }

  function findingSection(number) {
    var finding = data.findings[number];
    var section = make("section", finding.kind);
    section.appendChild(make("span", "badge", finding.grade));
    section.appendChild(make("h3", "", finding.label));
    section.appendChild(make("p", "reason", finding.message));
    panelBody.appendChild(section);
  }

  function verdictsOf(claim) {
    claim.verdicts.forEach(function (verdict) {
      panelBody.appendChild(verdictSection(verdict));
    });
  }

  function clearExpanded() {
    if (opened) { opened.setAttribute("aria-expanded", "false"); }
  }

  function open(spot, takeFocus) {
    clearExpanded();
    opened = spot;
    spot.setAttribute("aria-expanded", "true");
    panelBody.textContent = "";
    if (spot.classList.contains("claim")) {
      var claim = data.claims[spot.getAttribute("data-claim")];
      panelTitle.textContent = claim.text ? "“" + claim.text + "”" : "(待写)";
      claim.findings.forEach(findingSection);
      verdictsOf(claim);
    } else if (spot.classList.contains("found")) {
      var number = Number(spot.getAttribute("data-finding"));
      panelTitle.textContent = "“" + data.findings[number].text + "”";
      findingSection(number);
      data.findings[number].near.forEach(function (other) {
        if (other !== number) { findingSection(other); }
      });
      var around = spot.closest(".claim");
      if (around) { verdictsOf(data.claims[around.getAttribute("data-claim")]); }
    } else {
      var loose = data.loose[spot.getAttribute("data-loose")];
      panelTitle.textContent = "“" + loose.text + "”";
      var section = make("section", "unbound");
      section.appendChild(make("span", "badge", "未绑定"));
      section.appendChild(make("p", "reason", loose.reason));
      panelBody.appendChild(section);
    }
    panel.hidden = false;
    panel.scrollTop = 0;
    var among = visible();
    position.textContent = (among.indexOf(spot) + 1) + " / " + among.length;
    if (takeFocus) { panel.focus(); }
  }

  function close() {
    if (panel.hidden) { return; }
    panel.hidden = true;
    clearExpanded();
    if (opened) { opened.focus(); }
  }

  function goTo(spot) {
    spot.scrollIntoView({ block: "center" });
    spot.focus({ preventScroll: true });
    open(spot, false);
  }

  function step(by) {
    var among = visible();
    if (!among.length) { return; }
    var at = among.indexOf(opened);
    var next = at < 0 ? (by > 0 ? 0 : among.length - 1) : (at + by + among.length) % among.length;
    goTo(among[next]);
  }

  function choose(kind) {
    chosen = chosen === kind ? null : kind;
    filters.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-filter") === chosen));
    });
    spots.forEach(function (spot) {
      spot.classList.toggle("dim", chosen !== null && kindOf(spot) !== chosen);
    });
    pieces.forEach(function (piece) {
      piece.classList.toggle("dim", chosen !== null && !piece.classList.contains(chosen));
    });
    position.textContent = visible().length + " 处";
  }

  spots.forEach(function (spot) {
    if (!spot.classList.contains("found")) {
      spot.addEventListener("click", function () { open(spot, false); });
    }
    spot.addEventListener("keydown", function (event) {
      if (event.target === spot && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        open(spot, true);
      }
    });
  });
  // A finding may stand in several pieces and inside of a claim; the innermost that is clicked
  // answers.
  pieces.forEach(function (piece) {
    piece.addEventListener("click", function (event) {
      event.stopPropagation();
      open(document.getElementById("f" + piece.getAttribute("data-finding")), false);
    });
  });
  Array.prototype.forEach.call(document.querySelectorAll(".jump"), function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      goTo(document.getElementById(link.getAttribute("href").slice(1)));
    });
  });
  filters.forEach(function (button) {
    button.addEventListener("click", function () { choose(button.getAttribute("data-filter")); });
  });
  document.getElementById("previous").addEventListener("click", function () { step(-1); });
  document.getElementById("next").addEventListener("click", function () { step(1); });
  document.getElementById("close").addEventListener("click", close);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { close(); }
  });
  position.textContent = spots.length + " 处";
})();
