const SECONDS = 60;
const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);

function chart(id) {
  const data = Array(SECONDS).fill(null);
  const drawn = new Chart(document.getElementById(id), {
    type: 'line',
    data: {
      labels: data.map((_, second) => second - SECONDS + 1),
      datasets: [{ data, borderColor: style('--accent'), borderWidth: 2, pointRadius: 0 }],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: {
        x: { display: false },
        y: { min: 0, ticks: { color: style('--quiet'), precision: 0, maxTicksLimit: 4 }, grid: { color: style('--line') } },
      },
    },
  });
  return (value) => {
    document.getElementById(`${id}-now`).textContent = value;
    data.push(value);
    data.shift();
    drawn.update();
  };
}

const charts = { cpu: chart('cpu'), heap: chart('heap'), streams: chart('streams') };

const source = new EventSource('../events?topic=/feeds/monitor');
source.onmessage = ({ data }) => {
  for (const [id, value] of Object.entries(JSON.parse(data))) {
    charts[id]?.(value);
  }
};
