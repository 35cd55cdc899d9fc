/* Puts an address on the clipboard. Without script, or without permission, the address can be selected by hand. */
for (const field of document.querySelectorAll("[data-copy]")) {
  const button = field.parentElement.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = button.dataset.copied;
  });
}
