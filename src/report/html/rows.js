for (const table of document.querySelectorAll("table.rows")) {
  const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
  const bar = document.createElement("p"), input = document.createElement("input"), count = document.createElement("span");
  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = shown === rows.length ? `${shown} rows` : `${shown} of ${rows.length} rows`;
  };
  input.type = "search";
  input.placeholder = "filter";
  input.setAttribute("aria-label", "show the rows that contain these words");
  input.addEventListener("input", show);
  bar.className = "filter";
  bar.append(input, " ", count);
  table.parentNode.before(bar);
  show();
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const text = (row) => row.cells[column].textContent;
      rows.sort((one, other) => (down ? -1 : 1) * text(one).localeCompare(text(other), "en", { numeric: true }));
      body.append(...rows);
    });
  });
}
