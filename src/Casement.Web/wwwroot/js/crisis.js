// Opens the crisis card while somebody types a word of the list. Nothing leaves this device until they send, and sending is never stopped.
const card = document.querySelector("[data-crisis-card]");
const wordsOf = (text) => (text.toLowerCase().replace(/['’‘]/g, "").match(/\p{L}+|\p{Nd}+/gu) ?? []).join(" ");

for (const form of document.querySelectorAll("form[data-crisis]")) {
  const phrases = form.dataset.crisis.split("|").map(wordsOf);
  const look = () => {
    const said = ` ${wordsOf([...form.querySelectorAll("textarea, input[type=text]")].map((field) => field.value).join(" . "))} `;
    if (card && phrases.some((phrase) => said.includes(` ${phrase} `))) card.hidden = false;
  };
  form.addEventListener("input", look);
  look();
}
