// One component: what it was told, how it is, what passes through it.
import {h, icon} from './dom.js';
import {ago, badge, byteRate, compact, componentLink, count, parts, plural, rate, tailHref} from './format.js';
import {get} from './api.js';
import {lossTable} from './ledger.js';

const nameOf = route => ({kind: route.rest[0] ?? '', id: route.rest.slice(1).join('/')});

export const title = route => `${nameOf(route).kind} ${nameOf(route).id}`;

export function load(route) {
  const {kind, id} = nameOf(route);
  return get(`components/${encodeURIComponent(kind)}/${id.split('/').map(encodeURIComponent).join('/')}`);
}

function health(component, now) {
  return h('section', {'data-key': 'health', 'aria-labelledby': 'health'}, h('h2', {id: 'health'}, 'Health'),
    component.pipelines.length
      ? h('ul', {class: 'card troubles'}, component.pipelines.map(each => h('li', {'data-key': each.id},
        h('div', {}, h('div', {class: 'trouble-what'}, badge(each.health),
          h('span', {class: 'soft'}, component.kind === 'extension' ? '' : ` in pipeline ${each.id}`),
          each.health.since ? h('span', {class: 'soft', title: each.health.since}, ` · since ${ago(each.health.since, now)}`) : null),
        each.health.error ? h('div', {class: 'break'}, each.health.error) : null))))
      : h('div', {class: 'empty'}, h('p', {}, 'No pipeline uses it, so it does not run.')));
}

function edges(component) {
  if (!component.edges.length) {
    return null;
  }
  const own = `${component.kind}/${component.id}`;
  const rows = component.edges.map(edge => ({edge, other: edge.from === own ? edge.to : edge.from, out: edge.from === own}));
  return h('section', {'data-key': 'edges', 'aria-labelledby': 'flow'}, h('h2', {id: 'flow'}, 'What passes'),
    h('div', {class: 'card scroll'}, h('table', {},
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Pipeline'), h('th', {scope: 'col'}, 'Direction'), h('th', {scope: 'col', class: 'number'}, 'Rate'),
        h('th', {scope: 'col', class: 'number'}, 'Bytes'), h('th', {scope: 'col', class: 'number'}, 'Records'), h('th', {scope: 'col'}, h('span', {class: 'sr-only'}, 'Live tail')))),
      h('tbody', {}, rows.map(({edge, other, out}) => h('tr', {'data-key': `${edge.pipeline} ${edge.from} ${edge.to}`},
        h('th', {scope: 'row'}, h('span', {class: 'cut', title: edge.pipeline}, edge.pipeline)),
        h('td', {}, out ? 'to ' : 'from ', componentLink(parts(other).kind, parts(other).id, `${parts(other).kind} ${parts(other).id}`)),
        h('td', {class: 'number'}, rate(edge.recordsPerSecond)), h('td', {class: 'number'}, byteRate(edge.bytesPerSecond)),
        h('td', {class: 'number', title: count(edge.records)}, compact(edge.records)),
        h('td', {class: 'number'}, h('a', {href: tailHref(edge), 'aria-label': `Watch ${edge.from} to ${edge.to} live`}, 'Watch'))))))));
}

function backends(component) {
  if (!component.queues.length) {
    return null;
  }
  return h('section', {'data-key': 'queues', 'aria-labelledby': 'queue'}, h('h2', {id: 'queue'}, 'Backend'),
    h('div', {class: 'card scroll'}, h('table', {},
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Signal'), h('th', {scope: 'col'}, 'Endpoint'), h('th', {scope: 'col', class: 'number'}, 'Delivered'),
        h('th', {scope: 'col', class: 'number'}, 'Queued'), h('th', {scope: 'col', class: 'number'}, 'Given up'))),
      h('tbody', {}, component.queues.map(queue => h('tr', {'data-key': queue.signal},
        h('th', {scope: 'row'}, queue.signal),
        h('td', {}, h('span', {class: 'cut mono', title: queue.endpoint}, queue.endpoint), queue.error ? h('div', {class: 'error-text break'}, icon('warn'), queue.error) : null),
        h('td', {class: 'number', title: count(queue.delivered)}, compact(queue.delivered)), h('td', {class: 'number'}, compact(queue.queued)),
        h('td', {class: 'number', 'data-tone': queue.failed ? 'bad' : null}, compact(queue.failed))))))));
}

function dropped(component) {
  return component.losses.length
    ? h('section', {'data-key': 'losses', 'aria-labelledby': 'losses'}, h('h2', {id: 'losses'}, 'What it dropped'), lossTable(component.losses),
      h('p', {class: 'soft small'}, 'As the ledger counts: once for every exporter that would have had the record.'))
    : null;
}

function listening(component) {
  const endpoints = Object.entries(component.endpoints);
  return endpoints.length ? h('section', {'data-key': 'endpoints', 'aria-labelledby': 'endpoints'}, h('h2', {id: 'endpoints'}, 'Listens on'),
    h('dl', {class: 'card facts'}, endpoints.map(([protocol, address]) => h('div', {}, h('dt', {}, protocol), h('dd', {class: 'mono break'}, address))))) : null;
}

function value(row) {
  if (row.value === undefined) {
    return h('span', {class: 'soft'}, 'not set');
  }
  if (row.secret) {
    return h('span', {class: 'masked', title: 'A secret; it is never shown.'}, '••••••', h('span', {class: 'sr-only'}, 'secret, masked'));
  }
  return h('span', {class: 'mono break'}, row.value === '' ? '""' : row.value);
}

function settings(component, context) {
  const {route, keep, redraw} = context;
  const onlySet = route.query.get('only') === 'set';
  const rows = onlySet ? component.settings.filter(row => !row.default) : component.settings;
  const change = event => {
    const query = new URLSearchParams(route.query);
    if (event.target.checked) {
      query.set('only', 'set');
    } else {
      query.delete('only');
    }
    keep(query);
    redraw();
  };
  return h('section', {'data-key': 'settings', 'aria-labelledby': 'arguments'},
    h('div', {class: 'section-head'}, h('h2', {id: 'arguments'}, 'Arguments'),
      h('label', {class: 'check'}, h('input', {type: 'checkbox', checked: onlySet, onchange: change}), 'Only what the config sets')),
    rows.length
      ? h('div', {class: 'card scroll'}, h('table', {class: 'settings'},
        h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Key'), h('th', {scope: 'col'}, 'Value'), h('th', {scope: 'col'}, 'Meaning'))),
        h('tbody', {}, rows.map(row => h('tr', {'data-key': row.path, 'data-default': String(row.default)},
          h('th', {scope: 'row'}, h('span', {class: 'mono break'}, row.path.replaceAll('::', '::\u200b'))),
          h('td', {}, value(row), row.value !== undefined && row.default ? h('span', {class: 'chip'}, 'default') : null,
            row.effective ? null : h('span', {class: 'chip', 'data-tone': 'warn'}, 'no effect')),
          h('td', {class: 'soft'}, row.doc, h('span', {class: 'under'}, `Expected: ${row.expected}.`)))))))
      : h('div', {class: 'empty'}, h('p', {}, onlySet ? 'The config sets nothing here; all values are defaults.' : 'This component has no settings.')));
}

function metrics(component) {
  if (!component.metrics.length) {
    return null;
  }
  return h('section', {'data-key': 'metrics', 'aria-labelledby': 'metrics'}, h('h2', {id: 'metrics'}, 'Own metrics'),
    h('div', {class: 'card scroll'}, h('table', {},
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Metric'), h('th', {scope: 'col'}, 'Labels'), h('th', {scope: 'col', class: 'number'}, 'Value'))),
      h('tbody', {}, component.metrics.map(line => h('tr', {'data-key': `${line.name} ${line.labels}`},
        h('th', {scope: 'row'}, h('span', {class: 'mono break'}, line.name)), h('td', {class: 'mono break soft'}, line.labels), h('td', {class: 'number mono'}, line.value)))))));
}

export function show(component, context) {
  const {status, announce} = context;
  announce(`${component.kind} ${component.id}, ${plural(component.pipelines.length, 'pipeline', 'pipelines')}`);
  return [
    h('nav', {class: 'crumbs', 'aria-label': 'Breadcrumbs'}, h('a', {href: '#/graph'}, 'Graph'), h('span', {'aria-hidden': 'true'}, '/'), h('span', {class: 'soft'}, component.kind)),
    h('div', {class: 'head'}, h('div', {}, h('h1', {class: 'break'}, component.id), h('p', {class: 'soft'}, component.doc)),
      h('span', {class: 'chip'}, component.stability)),
    health(component, status.time),
    edges(component),
    backends(component),
    dropped(component),
    listening(component),
    settings(component, context),
    metrics(component),
  ];
}
