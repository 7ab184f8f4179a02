import { ConnectionState, type ConnectionStateStore } from '@vaadin/common-frontend';

type VaadinGlobal = Readonly<{ connectionState?: ConnectionStateStore }>;

const words = { live: 'Live', reconnecting: 'Reconnecting', lost: 'Offline' };

/** Says whether what is on the screen is current: live, reconnecting, or offline since a time. */
class ConnectionDotElement extends HTMLElement {
  #store?: ConnectionStateStore;
  #changed = (_: ConnectionState, current: ConnectionState): void => this.#show(current);

  connectedCallback(): void {
    this.setAttribute('role', 'status');
    this.#store = (window as unknown as { Vaadin?: VaadinGlobal }).Vaadin?.connectionState;
    this.#store?.addStateChangeListener(this.#changed);
    this.#show(this.#store?.state ?? ConnectionState.CONNECTED);
  }

  disconnectedCallback(): void {
    this.#store?.removeStateChangeListener(this.#changed);
  }

  #show(state: ConnectionState): void {
    const next =
      state === ConnectionState.CONNECTION_LOST ? 'lost' : state === ConnectionState.RECONNECTING ? 'reconnecting' : 'live';
    if (this.dataset.state === next) {
      return;
    }
    this.dataset.state = next;
    const since = next === 'live' ? '' : ` since ${new Date().toLocaleTimeString()}`;
    this.textContent = words[next] + since;
  }
}

customElements.define('connection-dot', ConnectionDotElement);
