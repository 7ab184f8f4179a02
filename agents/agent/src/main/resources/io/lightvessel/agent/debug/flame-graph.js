// <flame-graph>: stacks as boxes, callers above what they called, with search, zoom, keyboard and a table that says the same.
// The agent's debug UI and the console have the same file; a test holds them equal.

const SMALLEST = 0.002;
const ROWS_IN_TABLE = 200;

const STYLE = `
:host { display: block; min-width: 0; color: var(--text, var(--lv-text, CanvasText)); font-size: 13px; }
[hidden] { display: none !important; }
.bar { display: flex; flex-wrap: wrap; align-items: end; gap: 10px; margin-bottom: 8px; }
.bar label { display: grid; gap: 3px; flex: 1 1 200px; max-width: 360px; font-size: 12.5px; font-weight: 550; }
input, button { font: inherit; font-weight: 400; color: inherit; min-height: 32px; padding: 4px 10px; border: 1px solid color-mix(in oklch, currentColor 45%, transparent); border-radius: 8px; background: transparent; }
button { cursor: pointer; }
button:hover { background: color-mix(in oklch, currentColor 8%, transparent); }
button[aria-pressed='true'] { box-shadow: inset 0 -2px currentColor; font-weight: 600; }
button:disabled { opacity: 0.5; cursor: default; }
:focus-visible { outline: 2px solid Highlight; outline-offset: 1px; }
.say { margin: 0 0 8px; min-height: 1.5em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-variant-numeric: tabular-nums; }
.graph { position: relative; overflow: hidden; }
.box { position: absolute; height: 21px; padding: 0 4px; overflow: hidden; border: 0; border-radius: 2px; box-sizing: border-box; box-shadow: inset -1px -1px 0 light-dark(#fff, #161b20); color: light-dark(#1b2126, #eef2f4); font: 12px/21px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; text-overflow: ellipsis; white-space: nowrap; cursor: pointer; background: light-dark(oklch(0.87 0.075 var(--hue)), oklch(0.41 0.07 var(--hue))); }
.box:hover { filter: brightness(1.07); }
.box.above { opacity: 0.62; }
.box.other { background: light-dark(oklch(0.93 0.004 240), oklch(0.33 0.006 240)); color: light-dark(#4d565d, #b3bbc1); }
.box.found { outline: 2px solid light-dark(oklch(0.45 0.2 300), oklch(0.83 0.14 300)); outline-offset: -2px; font-weight: 700; }
.box:focus-visible { outline: 3px solid light-dark(#12406a, #d7ecff); outline-offset: -3px; z-index: 1; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 5px 10px; border-bottom: 1px solid color-mix(in oklch, currentColor 18%, transparent); text-align: start; font-variant-numeric: tabular-nums; }
td:first-child { overflow-wrap: anywhere; font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 12px; }
.n { text-align: end; white-space: nowrap; }
`;

// A style element would be refused where pages may only have styles of their own files.
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(STYLE);

const PARTS = `<div class="bar">
  <label>Find a function<input type="search" id="find" placeholder="Part of its name" maxlength="200"></label>
  <button type="button" id="out" disabled>Show all</button>
  <span role="group" aria-label="How it is shown"><button type="button" id="as-graph" aria-pressed="true">Graph</button>
  <button type="button" id="as-table" aria-pressed="false">Table</button></span>
</div>
<p class="say" id="say"></p>
<div class="graph" id="graph" role="tree" aria-label="Flame graph. Arrow keys move along calls, Enter zooms in, Escape zooms out."></div>
<div class="scroll" id="table" hidden></div>`;

const time = nanos => {
  const seconds = nanos / 1e9;
  return seconds >= 1 ? `${seconds.toFixed(seconds >= 100 ? 0 : 1)} s` : `${Math.round(seconds * 1000)} ms`;
};
const share = (part, whole) => `${(whole ? part / whole * 100 : 0).toFixed(1)} %`;

function hue(name) {
  let hash = 7;
  for (let i = 0; i < name.length; i++) {
    hash = hash * 31 + name.charCodeAt(i) | 0;
  }
  return 25 + Math.abs(hash) % 70;
}

/** Nodes with their callers and their place, out of what the agent sends: [name, depth, total, self] in order of calls. */
function laid(data) {
  const nodes = [];
  const path = [];
  for (const [name, depth, total, self] of data?.nodes ?? []) {
    path.length = depth;
    const caller = path[depth - 1];
    const node = {name: data.names[name], depth, total, self, caller, x: caller ? caller.next : 0, callees: []};
    node.next = node.x;
    if (caller) {
      caller.next += total;
      caller.callees.push(node);
    }
    path[depth] = node;
    nodes.push(node);
  }
  return nodes;
}

/** Functions with what they ran in all places; one that calls itself counts once. */
function functions(nodes) {
  const rows = new Map();
  const path = [];
  for (const node of nodes.slice(1)) {
    path.length = node.depth;
    const row = rows.get(node.name) ?? {name: node.name, self: 0, total: 0};
    row.self += node.self;
    row.total += path.includes(node.name) ? 0 : node.total;
    rows.set(node.name, row);
    path[node.depth] = node.name;
  }
  return [...rows.values()].sort((a, b) => b.self - a.self || b.total - a.total);
}

class FlameGraph extends HTMLElement {
  #root = this.attachShadow({mode: 'open'});
  #nodes = [];
  #left = 0;
  #zoom;
  #at;
  #find = '';
  #path = [];

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [SHEET];
    this.#root.innerHTML = PARTS;
    this.#part('find').oninput = event => {
      this.#find = event.target.value.trim().toLowerCase();
      this.#draw();
    };
    this.#part('out').onclick = () => this.#zoomTo(this.#nodes[0]);
    this.#part('as-graph').onclick = () => this.#show(false);
    this.#part('as-table').onclick = () => this.#show(true);
    this.#part('graph').onkeydown = event => this.#key(event);
  }

  /** Keeps the zoom as long as the same calls are there. */
  set data(data) {
    const path = this.#path;
    this.#nodes = laid(data);
    this.#left = data?.left ?? 0;
    let zoom = this.#nodes[0];
    for (const name of path) {
      const callee = zoom?.callees.find(node => node.name === name);
      if (!callee) {
        break;
      }
      zoom = callee;
    }
    this.#zoom = zoom;
    this.#at = zoom;
    this.#draw();
  }

  /** The same as a text, for frameworks that set attributes. */
  static observedAttributes = ['graph'];

  attributeChangedCallback(name, before, now) {
    if (now !== before) {
      this.data = now ? JSON.parse(now) : undefined;
    }
  }

  #part(id) {
    return this.#root.getElementById(id);
  }

  #show(table) {
    this.#part('as-graph').setAttribute('aria-pressed', String(!table));
    this.#part('as-table').setAttribute('aria-pressed', String(table));
    this.#part('graph').hidden = table;
    this.#part('table').hidden = !table;
    this.#draw();
  }

  #zoomTo(node, focus) {
    this.#zoom = node;
    this.#at = node;
    this.#path = [];
    for (let n = node; n?.caller; n = n.caller) {
      this.#path.unshift(n.name);
    }
    this.#draw();
    if (focus) {
      this.#root.querySelector('[tabindex="0"].box')?.focus();
    }
  }

  #matches(node) {
    return this.#find !== '' && node.name.toLowerCase().includes(this.#find);
  }

  #draw() {
    if (this.#part('table').hidden) {
      this.#drawGraph();
    } else {
      this.#drawTable();
    }
    this.#part('out').disabled = !this.#zoom?.caller;
    this.#say();
  }

  #say(node) {
    const root = this.#nodes[0];
    let text = '';
    if (node) {
      text = `${node.name}: ${time(node.total)} (${share(node.total, root.total)}), of which ${time(node.self)} in itself`;
    } else if (this.#find && root) {
      let found = 0;
      let under = -1;
      for (const each of this.#nodes) {
        if (under >= 0 && each.depth > under) {
          continue;
        }
        under = -1;
        if (this.#matches(each)) {
          found += each.total;
          under = each.depth;
        }
      }
      text = found ? `${share(found, root.total)} of the time was in functions with “${this.#find}” in their names, or in what they called.`
        : `No function has “${this.#find}” in its name.`;
    } else if (root) {
      text = `${time(root.total)} of CPU time in ${this.#nodes.length - 1} places${this.#left ? `, ${this.#left} small ones left out` : ''}.`;
    }
    this.#part('say').textContent = text;
    this.#part('say').title = text;
  }

  #drawGraph() {
    const place = this.#part('graph');
    const zoom = this.#zoom;
    if (!zoom?.total) {
      place.replaceChildren();
      place.style.height = '0';
      return;
    }
    const boxes = [];
    let deepest = 0;
    const above = [];
    for (let n = zoom.caller; n; n = n.caller) {
      above.push(n);
    }
    const add = (node, left, width, isAbove) => {
      const box = document.createElement('div');
      box.className = 'box';
      box.setAttribute('role', 'treeitem');
      box.setAttribute('aria-level', node.depth + 1);
      box.setAttribute('aria-label', `${node.name}, ${share(node.total, this.#nodes[0].total)}, ${time(node.total)}`);
      box.tabIndex = node === this.#at ? 0 : -1;
      box.classList.toggle('above', isAbove);
      box.classList.toggle('found', this.#matches(node));
      box.classList.toggle('other', this.#find !== '' && !this.#matches(node));
      box.style.setProperty('--hue', hue(node.name));
      Object.assign(box.style, {left: `${left * 100}%`, width: `${width * 100}%`, top: `${node.depth * 22}px`});
      if (width > 0.02) {
        box.textContent = node.name;
      } else {
        box.style.padding = '0';
      }
      box.onclick = () => this.#zoomTo(node, true);
      box.onmouseenter = box.onfocus = () => this.#say(node);
      box.onmouseleave = box.onblur = () => this.#say();
      box.node = node;
      node.box = box;
      boxes.push(box);
      deepest = Math.max(deepest, node.depth);
    };
    above.forEach(node => add(node, 0, 1, true));
    const open = [zoom];
    while (open.length) {
      const node = open.pop();
      const width = node.total / zoom.total;
      if (width >= SMALLEST) {
        add(node, (node.x - zoom.x) / zoom.total, width, false);
        open.push(...node.callees);
      }
    }
    const hadFocus = place.contains(this.#root.activeElement);
    place.style.height = `${(deepest + 1) * 22}px`;
    place.replaceChildren(...boxes);
    if (hadFocus) {
      this.#at?.box?.focus();
    }
  }

  #key(event) {
    const node = event.target.node;
    if (!node) {
      return;
    }
    const shown = list => list.filter(each => each.box?.isConnected);
    const siblings = node.caller ? shown(node.caller.callees) : [node];
    const next = {
      ArrowUp: () => node.caller,
      ArrowDown: () => shown(node.callees).sort((a, b) => b.total - a.total)[0],
      ArrowLeft: () => siblings[siblings.indexOf(node) - 1],
      ArrowRight: () => siblings[siblings.indexOf(node) + 1],
      Home: () => this.#nodes[0],
    }[event.key];
    if (next) {
      const to = next();
      if (to?.box?.isConnected) {
        node.box.tabIndex = -1;
        this.#at = to;
        to.box.tabIndex = 0;
        to.box.focus();
      }
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.#zoomTo(node, true);
    } else if (event.key === 'Escape' && this.#zoom.caller) {
      this.#zoomTo(this.#zoom.caller, true);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #drawTable() {
    const whole = this.#nodes[0]?.total ?? 0;
    const rows = functions(this.#nodes).filter(row => !this.#find || row.name.toLowerCase().includes(this.#find)).slice(0, ROWS_IN_TABLE);
    const table = document.createElement('table');
    const head = table.createTHead().insertRow();
    for (const [label, number] of [['Function'], ['In itself', true], ['Share', true], ['With what it called', true], ['Share', true]]) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.textContent = label;
      cell.className = number ? 'n' : '';
      head.append(cell);
    }
    const body = table.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      [row.name, time(row.self), share(row.self, whole), time(row.total), share(row.total, whole)].forEach((text, i) => {
        const cell = line.insertCell();
        cell.textContent = text;
        cell.className = i ? 'n' : '';
      });
    }
    this.#part('table').replaceChildren(table);
  }
}

customElements.define('flame-graph', FlameGraph);
