// What passkeys sign. Without this script, or a browser that has them, the forms say so and passwords work.
"use strict";

const toBytes = (text) => Uint8Array.from(
  atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0),
);
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const known = (credentials) => (credentials || []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function sign(options) {
  const publicKey = {
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: known(options.allowCredentials),
  };
  const { id, response } = await navigator.credentials.get({ publicKey });
  return JSON.stringify({
    id, rawId: id, type: "public-key",
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      authenticatorData: toText(response.authenticatorData),
      signature: toText(response.signature),
    },
  });
}

async function make(options) {
  const publicKey = {
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
  };
  const { id, response } = await navigator.credentials.create({ publicKey });
  return JSON.stringify({
    id, rawId: id, type: "public-key",
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      attestationObject: toText(response.attestationObject),
    },
  });
}

async function answer(form) {
  const fields = new URLSearchParams(new FormData(form));
  const asked = await fetch(form.dataset.passkey, {
    method: "POST", body: fields, headers: { Accept: "application/json" },
  });
  const options = await asked.json();
  if (!asked.ok) throw new Error(options.error || asked.statusText);
  if (options.get) form.elements.passkey.value = await sign(options.get);
  if (options.create) form.elements.made.value = await make(options.create);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-passkey]");
  if (!form) return;
  event.preventDefault();
  const told = form.querySelector("[data-passkey-told]");
  told.textContent = "Your device asks you now…";
  answer(form).then(() => form.submit(), (fault) => {
    told.textContent = fault.name === "NotAllowedError"
      ? "Nothing was signed: your device or you said no, or it took too long."
      : `Nothing was signed: ${fault.message}`;
  });
});

for (const form of document.querySelectorAll("form[data-passkey][hidden]")) {
  form.hidden = !window.PublicKeyCredential;
}
