// Bars of a table that is in the page: a bar for each row, a colour for each column. A part of a bar presses the
// button of its cell.
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, Tooltip);

const box = document.querySelector("[data-chart]");
if (box) {
  const table = document.getElementById(box.dataset.chart);
  const heads = [...table.querySelectorAll("thead th")].slice(1);
  const rows = [...table.querySelectorAll("tbody tr")];
  const most = box.clientWidth < 640 ? 20 : 48;
  const shown = text => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", box.dataset.label);
  canvas.setAttribute("aria-describedby", "chart-text");
  box.style.height = `${rows.length * 22 + 80}px`;
  box.append(canvas);
  const colour = (element, name) => getComputedStyle(element)[name];
  const coloured = () => ({
    labels: rows.map(row => row.cells[0].textContent.trim()),
    datasets: heads.map((head, column) => ({
      label: head.textContent.trim(),
      data: rows.map(row => Number(row.cells[column + 1].dataset.count)),
      backgroundColor: colour(head.querySelector(".swatch"), "backgroundColor"),
      borderColor: colour(document.body, "backgroundColor"),
      borderWidth: { right: 1 },
      stack: "one",
    })),
  });
  Chart.defaults.font.family = colour(document.body, "fontFamily");
  Chart.defaults.locale = document.documentElement.lang;
  const chart = new Chart(canvas, {
    type: "bar",
    data: coloured(),
    options: {
      animation: false,
      indexAxis: "y",
      maintainAspectRatio: false,
      interaction: { mode: "nearest", axis: "xy", intersect: true },
      plugins: { legend: { labels: { boxWidth: 14 } } },
      scales: {
        x: { stacked: true, ticks: { precision: 0 } },
        y: { stacked: true, ticks: { autoSkip: false, callback(at) { return shown(this.getLabelForValue(at)); } } },
      },
      onClick: (_, [part]) => part && rows[part.index].cells[part.datasetIndex + 1].querySelector("button").click(),
    },
  });
  const paint = () => {
    const ink = colour(document.body, "color");
    for (const scale of Object.values(chart.options.scales)) {
      scale.ticks.color = ink;
      scale.grid = { color: colour(table.querySelector("td"), "borderBottomColor") };
    }
    chart.options.plugins.legend.labels.color = ink;
    chart.data = coloured();
    chart.update();
  };
  paint();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}
