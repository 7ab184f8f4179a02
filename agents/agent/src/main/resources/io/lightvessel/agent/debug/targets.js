// What receivers fetch from: every target, how its last fetch went, who owns it and who would next.
import {h, icon} from './dom.js';
import {ago, bytes, clock, componentLink, count, plural} from './format.js';
import {get} from './api.js';

const STATES = {
  up: ['ok', 'Up'],
  down: ['bad', 'Down'],
  pending: ['wait', 'Not fetched yet'],
  elsewhere: ['none', 'Of another replica'],
  unowned: ['warn', 'Of nobody'],
  dropped: ['none', 'Dropped'],
};
const PAGE = 100;

export const title = () => 'Targets';

export function load(route) {
  const asked = new URLSearchParams({pageSize: PAGE});
  for (const name of ['target', 'state', 'job', 'pageToken']) {
    if (route.query.get(name)) {
      asked.set(name, route.query.get(name));
    }
  }
  return get(`targets?${asked}`);
}

function badge(state) {
  const [tone, word] = STATES[state] ?? ['none', state];
  return h('span', {class: 'health', 'data-tone': tone}, icon(tone), word);
}

function address(query) {
  const text = query.toString();
  return text ? `#/targets?${text}` : '#/targets';
}

function changed(query, name, value) {
  const next = new URLSearchParams(query);
  next.delete('pageToken');
  if (value) {
    next.set(name, value);
  } else {
    next.delete(name);
  }
  return next;
}

function toolbar(data, {route}) {
  const go = (name, value) => {
    location.hash = address(changed(route.query, name, value)).slice(1);
  };
  const state = route.query.get('state') ?? '';
  const all = Object.values(data.counts).reduce((sum, each) => sum + each, 0);
  return h('form', {class: 'card toolbar', 'data-key': 'toolbar', onsubmit: event => {
    event.preventDefault();
    go('target', document.getElementById('targets-text').value.trim());
  }},
  h('label', {class: 'grow'}, h('span', {}, 'Address or label value'),
    h('input', {id: 'targets-text', type: 'search', spellcheck: 'false', autocomplete: 'off', value: route.query.get('target') ?? '',
      placeholder: '10.0.4.7', onchange: event => go('target', event.target.value.trim())})),
  h('label', {}, h('span', {}, 'Job'),
    h('input', {id: 'targets-job', type: 'search', spellcheck: 'false', autocomplete: 'off', value: route.query.get('job') ?? '',
      onchange: event => go('job', event.target.value.trim())})),
  h('label', {}, h('span', {}, 'State'),
    h('select', {id: 'targets-state', onchange: event => go('state', event.target.value)},
      h('option', {value: '', selected: state === ''}, `All (${count(all)})`),
      Object.entries(STATES).map(([name, [, word]]) =>
        h('option', {value: name, selected: state === name}, `${word} (${count(data.counts[name] ?? 0)})`)))));
}

/** Those that tell targets apart at a glance; all of them are in the title. */
function labels(target) {
  const all = Object.entries(target.state === 'dropped' ? target.discoveredLabels : target.labels);
  const shown = all.filter(([name]) => name !== 'job' && name !== 'instance' && !name.startsWith('__'));
  const text = shown.map(([name, value]) => `${name}=${value}`).join(' ');
  return text ? h('span', {class: 'under cut', title: all.map(([name, value]) => `${name}=${value}`).join('\n')}, text) : null;
}

function amount(target) {
  if (!target.lastScrape) {
    return '–';
  }
  return target.receiver.startsWith('pprof') ? bytes(target.lastAmount) : count(target.lastAmount);
}

function row(target, now) {
  // One that relabelling has dropped never got a URL.
  const where = target.url || target.discoveredLabels.__address__ || '';
  return h('tr', {'data-key': `${target.receiver} ${target.job} ${target.url} ${JSON.stringify(target.labels)}`},
    h('th', {scope: 'row'}, h('span', {class: 'cut mono', title: where}, where), labels(target),
      target.error ? h('div', {class: 'error-text break'}, icon('warn'), target.error) : null),
    h('td', {}, h('div', {}, h('span', {class: 'cut', title: target.job}, target.job)), h('div', {class: 'small'}, componentLink('receiver', target.receiver))),
    h('td', {}, badge(target.state)),
    h('td', {class: 'number'}, target.lastScrape ? h('span', {title: target.lastScrape}, ago(target.lastScrape, now)) : '–',
      target.lastScrape ? h('span', {class: 'under'}, `${(target.lastDurationSeconds * 1000).toFixed(0)} ms`) : null),
    h('td', {class: 'number'}, amount(target)),
    h('td', {class: 'number'}, target.nextScrape ? h('span', {title: target.nextScrape}, clock(target.nextScrape).slice(0, 8)) : '–'),
    h('td', {}, h('span', {class: 'cut', title: target.owner}, target.owner ?? '–'),
      target.ownedSince ? h('span', {class: 'under', title: target.ownedSince}, `for ${ago(target.ownedSince, now).replace(' ago', '')}`) : null),
    h('td', {}, h('span', {class: 'cut', title: target.predictedOwner}, target.predictedOwner ?? '–')));
}

function table(data) {
  const heads = [['Target'], ['Job'], ['State'], ['Last fetched', 'number'], ['Samples or size', 'number'], ['Next', 'number'], ['Owner'], ['If it leaves']];
  return h('div', {class: 'card scroll', 'data-key': 'targets', tabindex: '0', role: 'region', 'aria-label': 'Targets'}, h('table', {},
    h('thead', {}, h('tr', {}, heads.map(([text, kind]) => h('th', {scope: 'col', class: kind}, text)))),
    h('tbody', {}, data.targets.map(target => row(target, data.time)))));
}

function pages(data, {route}) {
  const token = route.query.get('pageToken');
  if (!token && !data.nextPageToken) {
    return null;
  }
  const next = new URLSearchParams(route.query);
  next.set('pageToken', data.nextPageToken ?? '');
  return h('nav', {class: 'section-head', 'data-key': 'pages', 'aria-label': 'Pages'},
    token ? h('a', {href: address(changed(route.query, 'pageToken', ''))}, 'First page') : null,
    data.nextPageToken ? h('a', {href: address(next)}, 'Next page') : h('span', {class: 'soft'}, 'That was the last one.'));
}

export function show(data, context) {
  const all = Object.values(data.counts).reduce((sum, each) => sum + each, 0);
  const down = data.counts.down ?? 0;
  const summary = all
    ? `${plural(all, 'target', 'targets')}, ${count(data.counts.up ?? 0)} up, ${count(down)} down here, ${count(data.counts.unowned ?? 0)} of nobody.`
    : 'No targets.';
  context.announce(summary);
  const filtered = ['target', 'state', 'job'].some(name => context.route.query.get(name));
  return [
    h('div', {class: 'head'}, h('div', {}, h('h1', {}, 'Targets'), h('p', {class: 'soft'}, summary))),
    data.problems.map(problem => h('div', {class: 'banner', 'data-tone': 'warn', 'data-key': problem}, icon('warn'), h('div', {class: 'break'}, problem))),
    all || filtered ? toolbar(data, context) : null,
    data.targets.length
      ? [table(data), pages(data, context)]
      : h('div', {class: 'empty', 'data-key': 'none'},
        h('p', {}, all ? 'No target matches.' : 'Nothing is fetched from.'),
        h('p', {}, all ? `${plural(all, 'target is', 'targets are')} hidden by the filter.` : 'Receivers such as prometheus and pprof list their targets here.')),
  ];
}
