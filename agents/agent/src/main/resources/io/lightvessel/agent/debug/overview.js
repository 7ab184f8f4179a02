// How the agent is, at a glance.
import {h, s, icon} from './dom.js';
import {ago, badge, bytes, compact, componentLink, count, plural, rate, span, tone, word} from './format.js';
import {get} from './api.js';

const POINTS = 60;
const history = {received: [], delivered: [], dropped: []};

export const title = () => 'Overview';

export async function load() {
  const [graph, ledger] = await Promise.all([get('graph'), get('ledger')]);
  const sums = {};
  for (const side of ['received', 'delivered', 'dropped']) {
    const known = ledger.pipelines.filter(pipeline => pipeline[side].recordsPerSecond !== undefined);
    sums[side] = known.length ? known.reduce((sum, pipeline) => sum + pipeline[side].recordsPerSecond, 0) : undefined;
    if (sums[side] !== undefined) {
      history[side].push(sums[side]);
      history[side].splice(0, history[side].length - POINTS);
    }
  }
  return {graph, ledger, sums};
}

/** The last two minutes as a line; what it says stands beside it as a number. */
function sparkline(values) {
  const most = Math.max(...values, 1e-9);
  const step = 100 / (POINTS - 1);
  const from = POINTS - values.length;
  const points = values.map((value, i) => `${((from + i) * step).toFixed(1)},${(23 - 21 * value / most).toFixed(1)}`);
  return s('svg', {class: 'spark', viewBox: '0 0 100 24', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false'},
    values.length > 4 ? s('polyline', {points: points.join(' ')}) : null);
}

function card(key, label, value, detail, more, state) {
  return h('div', {class: 'card stat', 'data-key': key, 'data-tone': state},
    h('dt', {}, label),
    h('dd', {class: 'stat-value'}, value),
    detail ? h('dd', {class: 'stat-detail'}, detail) : null,
    more ? h('dd', {class: 'stat-more'}, more) : null);
}

function meter(label, used, capacity) {
  const share = capacity ? Math.min(100, used / capacity * 100) : 0;
  const level = share > 90 ? 'bad' : share > 70 ? 'warn' : 'good';
  return h('div', {class: 'meter', role: 'meter', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': Math.round(share), 'data-level': level},
    h('span', {style: {width: `${share}%`}}));
}

function troubles(status, graph) {
  const list = [];
  for (const note of status.notes.filter(each => !each.healthy)) {
    list.push({key: note.topic, tone: 'warn', what: note.topic.replaceAll('_', ' '), why: note.error});
  }
  for (const pipeline of graph.pipelines) {
    const sick = pipeline.components.filter(each => each.health.error);
    for (const each of sick) {
      list.push({key: `${pipeline.id} ${each.kind} ${each.id}`, tone: tone(each.health), word: word(each.health),
        what: componentLink(each.kind, each.id, `${each.kind} ${each.id}`), where: pipeline.id, why: each.health.error, since: each.health.since});
    }
    if (!sick.length && pipeline.health.error) {
      list.push({key: pipeline.id, tone: tone(pipeline.health), word: word(pipeline.health), what: `pipeline ${pipeline.id}`, why: pipeline.health.error, since: pipeline.health.since});
    }
  }
  return list;
}

function attention(list, now) {
  if (!list.length) {
    return null;
  }
  return h('section', {'data-key': 'attention', 'aria-labelledby': 'attention'},
    h('h2', {id: 'attention'}, 'Needs attention'),
    h('ul', {class: 'card troubles'}, list.map(each => h('li', {'data-key': each.key, 'data-tone': each.tone}, icon(each.tone),
      h('div', {},
        h('div', {class: 'trouble-what'}, h('strong', {}, each.what),
          each.where ? h('span', {class: 'soft'}, ` in pipeline ${each.where}`) : null,
          each.since ? h('span', {class: 'soft', title: each.since}, ` · ${each.word.toLowerCase()}, since ${ago(each.since, now)}`) : null),
        h('div', {class: 'break'}, each.why))))));
}

function queues(status) {
  if (!status.queues.length) {
    return null;
  }
  return h('section', {'data-key': 'queues', 'aria-labelledby': 'queues'},
    h('h2', {id: 'queues'}, 'Backends'),
    h('div', {class: 'card scroll'}, h('table', {},
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Exporter'), h('th', {scope: 'col'}, 'Signal'), h('th', {scope: 'col'}, 'Endpoint'),
        h('th', {scope: 'col', class: 'number'}, 'Delivered'), h('th', {scope: 'col', class: 'number'}, 'Records'), h('th', {scope: 'col', class: 'number'}, 'Queued'), h('th', {scope: 'col', class: 'number'}, 'Given up'))),
      h('tbody', {}, status.queues.map(queue => h('tr', {'data-key': `${queue.exporter} ${queue.signal}`},
        h('th', {scope: 'row'}, componentLink('exporter', queue.exporter)),
        h('td', {}, queue.signal),
        h('td', {}, h('span', {class: 'cut mono', title: queue.endpoint}, queue.endpoint),
          queue.error ? h('div', {class: 'error-text break'}, icon('warn'), queue.error) : null),
        h('td', {class: 'number'}, rate(queue.recordsPerSecond)),
        h('td', {class: 'number', title: count(queue.delivered)}, compact(queue.delivered)),
        h('td', {class: 'number'}, compact(queue.queued)),
        h('td', {class: 'number', 'data-tone': queue.failed ? 'bad' : null}, compact(queue.failed))))))));
}

function sources(status) {
  return h('section', {'data-key': 'sources', 'aria-labelledby': 'sources'},
    h('h2', {id: 'sources'}, 'Who sends'),
    status.sources.length
      ? h('div', {class: 'card scroll'}, h('table', {},
        h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Service'), h('th', {scope: 'col'}, 'Signal'), h('th', {scope: 'col'}, 'Receiver'),
          h('th', {scope: 'col', class: 'number'}, 'Rate'), h('th', {scope: 'col', class: 'number'}, 'Records'), h('th', {scope: 'col', class: 'number'}, 'Size'))),
        h('tbody', {}, status.sources.map(source => h('tr', {'data-key': `${source.namespace} ${source.service} ${source.receiver} ${source.signal}`},
          h('th', {scope: 'row'}, h('span', {class: 'cut', title: `${source.namespace ? `${source.namespace}/` : ''}${source.service}`}, source.service || '(no service.name)'),
            source.namespace ? h('span', {class: 'under cut'}, source.namespace) : null),
          h('td', {}, source.signal),
          h('td', {}, componentLink('receiver', source.receiver)),
          h('td', {class: 'number'}, rate(source.recordsPerSecond)),
          h('td', {class: 'number', title: count(source.records)}, compact(source.records)),
          h('td', {class: 'number'}, bytes(source.bytes)))))))
      : h('div', {class: 'empty'}, h('p', {}, 'No telemetry yet.'), h('p', {}, 'As soon as something sends to one of the receivers, it is listed here.')),
    status.sourceCount > status.sources.length
      ? h('p', {class: 'soft'}, `The ${status.sources.length} largest of ${count(status.sourceCount)}.`) : null);
}

function facts(status) {
  const rows = [['Instance', h('span', {class: 'mono break'}, status.instance)], ['Version', status.version], ['Java', status.java], ['Role', status.role || 'runs a config file'],
    ['Started', h('span', {title: status.started}, `${span(status.uptimeSeconds)} ago`)],
    ['Heap', `${bytes(status.heap.used)} of ${bytes(status.heap.capacity)}`]];
  return h('section', {'data-key': 'facts', 'aria-labelledby': 'facts'},
    h('h2', {id: 'facts'}, 'About this agent'),
    h('dl', {class: 'card facts'}, rows.map(([name, value]) => h('div', {'data-key': name}, h('dt', {}, name), h('dd', {}, value)))));
}

export function show({graph, ledger, sums}, {status, announce}) {
  const pipelines = graph.pipelines.length;
  const list = troubles(status, graph);
  const queued = ledger.pipelines.reduce((sum, pipeline) => sum + pipeline.queued.records, 0);
  const dropped = ledger.pipelines.reduce((sum, pipeline) => sum + pipeline.dropped.records, 0);
  const out = ledger.pipelines.filter(pipeline => !pipeline.balanced).length;
  const summary = pipelines
    ? `${plural(pipelines, 'pipeline', 'pipelines')}, ${list.length ? plural(list.length, 'problem', 'problems') : 'all healthy'}. ${rate(sums.received)} received, ${rate(sums.delivered)} delivered.`
    : 'No pipelines yet.';
  announce(summary);
  return [
    h('div', {class: 'head'}, h('div', {}, h('h1', {}, 'Overview'), h('p', {class: 'soft'}, summary)), badge(pipelines ? status.health : {status: 'stopped'})),
    attention(list, status.time),
    pipelines ? null : h('div', {class: 'empty', 'data-key': 'none'},
      h('p', {}, 'No pipelines yet.'),
      h('p', {}, status.role ? 'The agent waits for its first config from the control plane.' : 'The agent has no config in force.')),
    !pipelines ? null : h('dl', {class: 'stats', 'data-key': 'stats'},
      card('received', 'Received', rate(sums.received), 'records, per exporter', sparkline(history.received)),
      card('delivered', 'Delivered', rate(sums.delivered), 'acknowledged by backends', sparkline(history.delivered)),
      card('dropped', 'Dropped', rate(sums.dropped), `${compact(dropped)} since the start`, sparkline(history.dropped), sums.dropped > 0 ? 'bad' : null),
      card('queued', 'Queued', compact(queued), out ? `${plural(out, 'ledger', 'ledgers')} in motion` : 'ledgers balance', null),
      card('budget', 'Memory budget', `${(status.budget.used / status.budget.capacity * 100).toFixed(0)} %`,
        `${bytes(status.budget.used)} of ${bytes(status.budget.capacity)}`, meter('Memory budget in use', status.budget.used, status.budget.capacity))),
    queues(status),
    pipelines || status.sources.length ? sources(status) : null,
    facts(status),
  ];
}
