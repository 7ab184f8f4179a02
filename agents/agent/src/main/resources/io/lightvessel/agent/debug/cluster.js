// The replicas that share targets, as this one sees them.
import {h, icon} from './dom.js';
import {compact, count, plural} from './format.js';
import {get} from './api.js';

const STATES = {
  member: ['ok', 'Member'],
  cut_off: ['bad', 'Cut off, scrapes nothing'],
  fresh: ['wait', 'Looks for the others'],
};

export const title = () => 'Cluster';
export const load = () => get('cluster?targets=false');

function card(key, label, value, detail, state) {
  return h('div', {class: 'card stat', 'data-key': key, 'data-tone': state},
    h('dt', {}, label), h('dd', {class: 'stat-value'}, value), detail ? h('dd', {class: 'stat-detail'}, detail) : null);
}

function replicas(cluster) {
  const average = cluster.replicas.reduce((sum, each) => sum + each.load, 0) / Math.max(1, cluster.replicas.length);
  return h('div', {class: 'card scroll', tabindex: '0', role: 'region', 'aria-label': 'Replicas'}, h('table', {},
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Replica'), h('th', {scope: 'col'}, 'Address'), h('th', {scope: 'col'}, 'Part'),
      h('th', {scope: 'col', class: 'number'}, 'Targets'), h('th', {scope: 'col', class: 'number'}, 'Load'), h('th', {scope: 'col', class: 'number'}, 'Of the average'))),
    h('tbody', {}, cluster.replicas.map(each => h('tr', {'data-key': each.id},
      h('th', {scope: 'row'}, h('span', {class: 'cut', title: each.name}, each.name), each.self ? h('span', {class: 'under'}, 'this one') : null),
      h('td', {}, h('span', {class: 'cut mono', title: each.address}, each.address)),
      h('td', {}, each.coordinator ? h('strong', {}, 'coordinates') : 'follows'),
      h('td', {class: 'number'}, count(each.targets)),
      h('td', {class: 'number', title: count(each.load)}, compact(each.load)),
      h('td', {class: 'number'}, average ? `${(each.load / average * 100).toFixed(0)} %` : '–'))))));
}

function section(cluster, number) {
  const [tone, word] = STATES[cluster.state] ?? ['none', cluster.state];
  return h('section', {'data-key': `cluster ${number}`, 'aria-label': `Cluster ${number + 1}`},
    cluster.problem ? h('div', {class: 'banner', 'data-tone': cluster.state === 'cut_off' ? 'bad' : 'warn', 'data-key': 'problem'}, icon('warn'), h('div', {class: 'break'}, cluster.problem)) : null,
    h('dl', {class: 'stats', 'data-key': 'stats'},
      card('state', 'This replica', h('span', {class: 'health', 'data-tone': tone}, icon(tone), word)),
      card('view', 'View', count(cluster.view), `term ${count(cluster.term)}`),
      card('owned', 'Targets', count(cluster.targetCounts.known), 'known to any replica'),
      card('moving', 'Moving', count(cluster.targetCounts.moving), 'from one to another'),
      card('unowned', 'Of nobody', count(cluster.targetCounts.unowned), 'not fetched now', cluster.targetCounts.unowned ? 'bad' : null)),
    cluster.replicas.length ? replicas(cluster) : null);
}

export function show(data, {announce}) {
  const first = data.clusters[0];
  const summary = first
    ? `${plural(first.replicas.length, 'replica', 'replicas')} in view ${count(first.view)}. Each target is fetched by one of them.`
    : 'This agent shares its targets with no other.';
  announce(summary);
  return [
    h('div', {class: 'head'}, h('div', {}, h('h1', {}, 'Cluster'), h('p', {class: 'soft'}, summary))),
    first
      ? [data.clusters.map(section), h('p', {class: 'soft', 'data-key': 'more'}, 'Who owns which target is on the page ', h('a', {href: '#/targets'}, 'Targets'), '.')]
      : h('div', {class: 'empty', 'data-key': 'none'}, h('p', {}, 'No cluster.'), h('p', {}, 'The extension cluster lets replicas share targets; receivers name it in clustering.')),
  ];
}
