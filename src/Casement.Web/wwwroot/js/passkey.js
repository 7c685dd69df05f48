// Signing in with, and making, a passkey. Without script, or in a browser that has none, the buttons stay hidden and the password remains.
const supported = window.PublicKeyCredential?.parseRequestOptionsFromJSON;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!supported) break;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (form.elements.Credential.value) return;
    event.preventDefault();
    ask(form).then((credential) => {
      form.elements.Credential.value = JSON.stringify(credential);
      form.requestSubmit();
    }).catch(() => {
      form.querySelector("[data-passkey-problem]").hidden = false;
    });
  });
}

async function ask(form) {
  const response = await fetch(form.dataset.passkey, {
    method: "POST",
    headers: { RequestVerificationToken: form.elements.__RequestVerificationToken.value },
  });
  if (!response.ok) throw new Error("The practice did not answer.");
  const options = await response.json();
  const credential = form.dataset.make === undefined
    ? await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
    : await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  return credential.toJSON();
}
