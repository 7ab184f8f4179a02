/** Copies the text of the element it stands beside; works on plain HTTP too, where the clipboard API is missing. */
export async function copy(text: string): Promise<void> {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) {
    throw new Error('the browser refused to copy');
  }
}

class CopyButtonElement extends HTMLElement {
  #label = '';

  connectedCallback(): void {
    if (this.firstChild) {
      return;
    }
    this.#label = this.getAttribute('label') ?? 'Copy';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = this.#label;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', () => {
      copy(this.getAttribute('text') ?? '').then(
        () => this.#say(button, 'Copied'),
        () => this.#say(button, 'Press Ctrl+C'),
      );
    });
    this.append(button);
  }

  #say(button: HTMLButtonElement, word: string): void {
    button.textContent = word;
    button.dataset.done = word === 'Copied' ? 'true' : 'false';
    setTimeout(() => {
      button.textContent = this.#label;
      delete button.dataset.done;
    }, 2000);
  }
}

customElements.define('copy-button', CopyButtonElement);
