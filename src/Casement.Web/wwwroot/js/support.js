// Counts down to the instants the page names. Without script the instants themselves stand there.
const instants = document.querySelectorAll("[data-until]");

function left(until) {
  const minutes = Math.ceil((Date.parse(until) - Date.now()) / 60000);
  if (minutes <= 0) return "This time is over.";
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min to go.` : `${minutes} min to go.`;
}

function count() {
  for (const instant of instants) {
    const words = left(instant.dataset.until);
    if (instant.textContent !== words) instant.textContent = words;
  }
}

count();
setInterval(count, 15000);
