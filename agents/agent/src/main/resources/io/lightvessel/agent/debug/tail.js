// What passes an edge, as it passes.
import {h, icon, render} from './dom.js';
import {clock, compact, count, plural} from './format.js';
import {events, get, Refused} from './api.js';

const KEPT = 500;
const WAITING = 1000;
const LIMITS = [10, 50, 200, 500];
const TRY_AGAIN = 2000;

// Outlives drawing: the stream and what it brought.
const state = {key: undefined, stop: undefined, records: [], waiting: [], lostWhilePaused: 0, paused: false, counts: undefined, problem: undefined, live: false, serial: 0};
let context;
let drawTimer;

export const title = () => 'Live tail';
export const load = () => get('graph');

export function leave() {
  state.stop?.();
  Object.assign(state, {key: undefined, stop: undefined, records: [], waiting: [], lostWhilePaused: 0, paused: false, counts: undefined, problem: undefined, live: false});
}

function chosen(graph, query) {
  const all = graph.pipelines.flatMap(pipeline => pipeline.edges);
  return all.find(edge => edge.pipeline === query.get('pipeline') && `${edge.from}->${edge.to}` === query.get('edge')) ?? all[0];
}

function limitOf(query) {
  const limit = Number(query.get('limit'));
  return LIMITS.includes(limit) ? limit : 50;
}

/** Starts the stream that the address asks for, unless it runs. */
function follow(edge, query) {
  const parameters = new URLSearchParams({pipeline: edge.pipeline, edge: `${edge.from}->${edge.to}`, filter: query.get('filter') ?? '', limit: limitOf(query)});
  const key = parameters.toString();
  if (state.key === key) {
    return;
  }
  leave();
  state.key = key;
  const abort = new AbortController();
  let retry;
  state.stop = () => {
    abort.abort();
    clearTimeout(retry);
  };
  const run = async () => {
    try {
      await events(`tail?${key}`, abort.signal, receive, () => Object.assign(state, {problem: undefined, live: true}));
    } catch (error) {
      if (abort.signal.aborted) {
        return;
      }
      if (error instanceof Refused) {
        state.problem = error.message;
      }
    }
    if (abort.signal.aborted) {
      return;
    }
    state.live = false;
    soon();
    retry = setTimeout(run, TRY_AGAIN);
  };
  run();
}

function receive(event, data) {
  if (event === 'counts') {
    state.counts = data;
  } else if (state.paused) {
    data.forEach(keepFor);
  } else {
    data.forEach(add);
  }
  soon();
}

function numbered(record) {
  return {...record, serial: state.serial++};
}

function add(record) {
  state.records.push(numbered(record));
  if (state.records.length > KEPT) {
    state.records.shift();
  }
}

function keepFor(record) {
  if (state.waiting.length < WAITING) {
    state.waiting.push(record);
  } else {
    state.lostWhilePaused++;
  }
}

function soon() {
  drawTimer ??= setTimeout(() => {
    drawTimer = undefined;
    if (state.key) {
      drawList();
    }
  }, 120);
}

function pause() {
  state.paused = !state.paused;
  if (!state.paused) {
    state.waiting.forEach(add);
    const lost = state.lostWhilePaused;
    Object.assign(state, {waiting: [], lostWhilePaused: 0});
    context.announce(lost ? `Going on. ${plural(lost, 'record', 'records')} passed by in the meantime.` : 'Going on.', true);
  } else {
    context.announce('Paused.', true);
  }
  context.redraw();
}

function severity(record) {
  const number = record.severityNumber;
  const level = number >= 17 ? 'bad' : number >= 13 ? 'warn' : number >= 9 ? 'ok' : 'none';
  const name = record.severityText || (number ? ['trace', 'debug', 'info', 'warn', 'error', 'fatal'][Math.floor((number - 1) / 4)] : '');
  return name ? h('span', {class: 'severity', 'data-tone': level}, name.toUpperCase()) : null;
}

function field(record, name) {
  return record.fields.find(([key]) => key === name)?.[1];
}

function lead(record) {
  if (record.signal === 'logs') {
    return severity(record);
  }
  if (record.signal === 'traces') {
    const failed = field(record, 'status') === 'error';
    return h('span', {class: 'severity', 'data-tone': failed ? 'bad' : 'none'}, failed ? 'ERROR' : field(record, 'duration') ?? '');
  }
  return h('span', {class: 'severity', 'data-tone': 'none'}, field(record, 'value') ?? (field(record, 'count') ? `n ${field(record, 'count')}` : ''));
}

function pairs(label, list) {
  return list.length ? h('div', {class: 'pairs'}, h('h3', {}, label),
    h('dl', {}, list.map(([name, value]) => h('div', {}, h('dt', {class: 'mono'}, name), h('dd', {class: 'mono break'}, value))))) : null;
}

function row(record) {
  const service = record.resource.find(([name]) => name === 'service.name')?.[1] ?? '';
  // What is inside is made when it is opened: five hundred closed records are short.
  const details = h('details', {class: 'record', 'data-key': record.serial},
    h('summary', {},
      h('span', {class: 'record-time mono'}, record.time ? clock(record.time) : ''),
      lead(record) ?? h('span', {class: 'severity'}),
      h('span', {class: 'record-service cut', title: service}, service),
      h('span', {class: 'record-title'}, record.title || '(empty)')));
  const fill = element => {
    if (element.open && element.children.length === 1) {
      element.append(h('div', {class: 'record-body'}, h('p', {class: 'mono break record-full'}, record.title),
        pairs('Record', [...record.fields, ...record.time ? [['time', record.time]] : []]),
        pairs('Attributes', record.attributes), pairs('Resource', record.resource),
        record.scope ? pairs('Scope', [['name', record.scope]]) : null));
    }
  };
  details.ontoggle = event => fill(event.currentTarget);
  return details;
}

function summary() {
  const counts = state.counts;
  if (!counts) {
    return state.live ? 'Waiting for telemetry.' : 'Connecting.';
  }
  const unseen = counts.missedPayloads ? `, ${plural(counts.missedPayloads, 'payload', 'payloads')} too many to look into` : '';
  return `${compact(counts.records)} passed, ${compact(counts.decoded)} looked at, ${compact(counts.matched)} match, ${compact(counts.shown)} shown${unseen}.`;
}

function drawList() {
  const list = document.getElementById('records');
  if (!list) {
    return;
  }
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  document.getElementById('tail-counts').textContent = summary();
  const waiting = document.getElementById('tail-waiting');
  waiting.textContent = state.paused
    ? `Paused. ${plural(state.waiting.length, 'record waits', 'records wait')}${state.lostWhilePaused ? `, ${count(state.lostWhilePaused)} more passed by` : ''}.` : '';
  waiting.hidden = !state.paused;
  render(document.getElementById('tail-problem'), state.problem ? h('div', {class: 'banner', 'data-tone': 'warn'}, icon('warn'), h('div', {}, state.problem)) : null);
  update(list);
  if (atEnd && !state.paused && !list.querySelector('details[open]')) {
    list.scrollTop = list.scrollHeight;
  }
  if (state.counts && !state.paused) {
    context.announce(summary());
  }
}

/** Only what is new is added and what is old removed, so that open records stay as they are. */
function update(list) {
  const first = state.records[0]?.serial;
  for (const child of [...list.children]) {
    if (child.dataset.key === undefined || first === undefined || Number(child.dataset.key) < first) {
      child.remove();
    }
  }
  const last = list.lastElementChild ? Number(list.lastElementChild.dataset.key) : -1;
  list.append(...state.records.filter(record => record.serial > last).map(row));
  if (!state.records.length) {
    list.append(h('div', {class: 'empty quiet-empty'},
      h('p', {}, !state.counts || !state.counts.records ? 'Nothing has passed here yet.' : 'Nothing that passed matches the filter.'),
      h('p', {}, 'Records appear here as they pass.')));
  }
}

function toolbar(graph, edge) {
  const {route, keep} = context;
  const change = (name, value) => {
    const query = new URLSearchParams(route.query);
    if (value) {
      query.set(name, value);
    } else {
      query.delete(name);
    }
    keep(query);
    context.redraw();
  };
  const values = graph.pipelines.map(pipeline => [pipeline, pipeline.edges.map(each => ({each, value: `${each.pipeline} ${each.from}->${each.to}`}))]);
  const now = `${edge.pipeline} ${edge.from}->${edge.to}`;
  return h('form', {class: 'card toolbar', 'data-key': 'toolbar', onsubmit: event => {
    event.preventDefault();
    change('filter', document.getElementById('tail-filter').value.trim());
  }},
  h('label', {class: 'grow'}, h('span', {}, 'Edge'),
    h('select', {id: 'tail-edge', onchange: event => {
      const [pipeline, ...rest] = event.target.value.split(' ');
      const query = new URLSearchParams(route.query);
      query.set('pipeline', pipeline);
      query.set('edge', rest.join(' '));
      keep(query);
      context.redraw();
    }}, values.map(([pipeline, edges]) => h('optgroup', {label: pipeline.id}, edges.map(({each, value}) =>
      h('option', {value, selected: value === now}, `${pipeline.id}: ${each.from.replace('/', ' ')} → ${each.to.replace('/', ' ')}`)))))),
  h('label', {class: 'grow'}, h('span', {}, 'Filter'),
    h('input', {id: 'tail-filter', type: 'search', spellcheck: 'false', autocomplete: 'off', value: route.query.get('filter') ?? '',
      placeholder: 'timeout service.name=checkout severity>=warn', 'aria-describedby': 'tail-help',
      onchange: event => change('filter', event.target.value.trim())})),
  h('label', {}, h('span', {}, 'At most'),
    h('select', {id: 'tail-limit', onchange: event => change('limit', event.target.value)},
      LIMITS.map(limit => h('option', {value: limit, selected: limit === limitOf(route.query)}, `${limit}/s`)))),
  h('div', {class: 'buttons'},
    h('button', {type: 'button', id: 'tail-pause', class: 'primary', onclick: pause}, icon(state.paused ? 'play' : 'pause'), state.paused ? 'Go on' : 'Pause'),
    h('button', {type: 'button', id: 'tail-clear', onclick: () => {
      Object.assign(state, {records: [], waiting: [], lostWhilePaused: 0});
      drawList();
    }}, 'Clear')));
}

export function show(graph, given) {
  context = given;
  const edge = chosen(graph, context.route.query);
  const head = h('div', {class: 'head'}, h('div', {}, h('h1', {}, 'Live tail'),
    h('p', {class: 'soft'}, 'Samples of what passes an edge. Nothing is held up, changed or counted differently by looking.')));
  if (!edge) {
    leave();
    return [head, h('div', {class: 'empty', 'data-key': 'none'}, h('p', {}, 'No pipelines yet.'), h('p', {}, 'There is nothing to watch before a config is in force.'))];
  }
  follow(edge, context.route.query);
  queueMicrotask(drawList);
  return [head, toolbar(graph, edge),
    h('p', {class: 'soft small', id: 'tail-help', 'data-key': 'help'}, 'All terms have to hold: a word or "some words" anywhere, ',
      h('code', {}, 'key=value'), ', ', h('code', {}, 'attributes.key=value*'), ', ', h('code', {}, 'severity>=warn'), '; a minus in front turns one round.'),
    h('div', {id: 'tail-problem', 'data-key': 'problem', 'data-keep': '', role: 'alert'}),
    h('div', {class: 'tail-state', 'data-key': 'state'}, h('span', {id: 'tail-counts'}, summary()), h('strong', {id: 'tail-waiting', hidden: !state.paused})),
    h('div', {id: 'records', class: 'card records', 'data-key': 'records', 'data-keep': '', role: 'region', tabindex: '0', 'aria-label': 'Records'})];
}
