const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** "12 s ago" or "in 3 d"; the same words as Format.relative on the server. */
export function relative(millis: number): string {
  const seconds = Math.round(Math.abs(millis) / 1000);
  let text;
  if (seconds < 60) {
    text = `${seconds} s`;
  } else if (seconds < 3600) {
    text = `${Math.floor(seconds / 60)} min`;
  } else if (seconds < 86400) {
    text = `${Math.floor(seconds / 3600)} h`;
  } else {
    text = `${Math.floor(seconds / 86400)} d`;
  }
  if (seconds < 2) {
    return 'just now';
  }
  return millis < 0 ? `in ${text}` : `${text} ago`;
}

/** Shows how long ago an instant was and keeps itself current, so that the server need not send it again. */
class RelativeTimeElement extends HTMLElement {
  static readonly observedAttributes = ['at', 'mode'];
  #timer?: ReturnType<typeof setInterval>;

  connectedCallback(): void {
    this.#show();
    this.#timer = setInterval(() => this.#show(), 1000);
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
  }

  attributeChangedCallback(): void {
    this.#show();
  }

  #show(): void {
    const at = Number(this.getAttribute('at'));
    if (!at) {
      this.textContent = 'never';
      this.removeAttribute('title');
      return;
    }
    const elapsed = Date.now() - at;
    const text = this.getAttribute('mode') === 'elapsed' ? relative(Math.max(elapsed, 2000)).replace(' ago', '') : relative(elapsed);
    if (this.textContent !== text) {
      this.textContent = text;
      this.title = absolute.format(at);
    }
  }
}

customElements.define('relative-time', RelativeTimeElement);
