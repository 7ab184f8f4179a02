// Builds elements, and changes what is on the page into what should be there without losing focus or selection.

const SVG = 'http://www.w3.org/2000/svg';
const HANDLERS = ['onclick', 'onkeydown', 'oninput', 'onchange', 'ontoggle', 'onfocus', 'onsubmit', 'onscroll'];

function build(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (HANDLERS.includes(name)) {
      element[name] = value;
    } else if (name === 'style') {
      Object.assign(element.style, value);
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) {
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return element;
}

export function h(tag, props, ...children) {
  return build(document.createElement(tag), props, children);
}

export function s(tag, props, ...children) {
  return build(document.createElementNS(SVG, tag), props, children);
}

const PATHS = {
  ok: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  warn: 'M8 2.2 14.4 13.4H1.6ZM8 6.4v3.4M8 11.6v.2',
  bad: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6',
  wait: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.6V8l2.4 1.6',
  none: 'M3.5 8h9',
  overview: 'M2.5 8.2 8 3l5.5 5.2M4.2 7v6.2h7.6V7',
  graph: 'M2 3h4v3H2zM10 2h4v3h-4zM10 11h4v3h-4zM6 4.5h2v8h2M8 3.5h2',
  ledger: 'M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3',
  targets: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 7.9v.2',
  cluster: 'M8 2.2a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8ZM3.6 10a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8ZM12.4 10a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8ZM7 5.8 4.6 10.2M9 5.8l2.4 4.4M5.6 12h4.8',
  tail: 'M2 4h12M2 8h8M2 12h5M12 9v5M9.8 11.8 12 14l2.2-2.2',
  profiles: 'M2 13.5h12M2.5 10.5h11v3h-11zM4 7.5h7v3H4zM6 4.5h3.5v3H6zM7 2h1.5v2.5H7z',
  receiver: 'M2 8h7M6.2 4.8 9.4 8l-3.2 3.2M10.5 3h3v10h-3',
  processor: 'M8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8ZM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4',
  exporter: 'M5.5 3h-3v10h3M6.5 8h7M10.3 4.8 13.5 8l-3.2 3.2',
  extension: 'M6.5 2.5h3v2h3v3h-2v2h2v3.5h-9V9.5h2v-2h-2v-3h3z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M4.5 3 12.5 8l-8 5z',
  table: 'M2.5 3h11v10h-11zM2.5 6.3h11M6.3 6.3V13',
};

/** An icon beside a word that says the same. */
export function icon(name) {
  return s('svg', {class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false'},
    s('path', {d: PATHS[name] ?? PATHS.none}));
}

/** Makes the children of a place equal to these nodes, keeping the elements that can be kept; inside data-keep another decides. */
export function render(place, ...nodes) {
  const wanted = document.createElement(place.tagName);
  build(wanted, {}, nodes);
  children(place, wanted);
}

function children(place, wanted) {
  const keyed = new Map();
  for (const child of place.children) {
    if (child.dataset?.key) {
      keyed.set(child.dataset.key, child);
    }
  }
  let at = place.firstChild;
  for (const next of [...wanted.childNodes]) {
    const key = next.dataset?.key;
    const kept = key ? keyed.get(key) : at && !at.dataset?.key && alike(at, next) ? at : undefined;
    if (kept) {
      if (kept !== at) {
        place.insertBefore(kept, at);
      } else {
        at = at.nextSibling;
      }
      morph(kept, next);
    } else {
      place.insertBefore(next, at);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function alike(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName;
}

function morph(old, next) {
  if (next.dataset?.keep !== undefined) {
    return;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== next.data) {
      old.data = next.data;
    }
    return;
  }
  for (const {name} of [...old.attributes]) {
    // Whether a part is open is the reader's business.
    if (name !== 'style' && !next.hasAttribute(name) && !(name === 'open' && old.nodeName === 'DETAILS')) {
      old.removeAttribute(name);
    }
  }
  for (const {name, value} of [...next.attributes]) {
    if (name !== 'style' && old.getAttribute(name) !== value) {
      old.setAttribute(name, value);
    }
  }
  if (old.style.cssText !== next.style.cssText) {
    old.style.cssText = next.style.cssText;
  }
  for (const handler of HANDLERS) {
    if (old[handler] !== next[handler]) {
      old[handler] = next[handler];
    }
  }
  if (old.nodeName === 'INPUT' || old.nodeName === 'SELECT') {
    if (document.activeElement !== old && next.hasAttribute('value')) {
      old.value = next.getAttribute('value');
    }
    if (old.nodeName === 'INPUT') {
      return;
    }
  }
  children(old, next);
}
