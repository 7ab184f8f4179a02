// What the CPUs of this machine ran in the last minutes.
import './flame-graph.js';
import {h, icon} from './dom.js';
import {clock, plural} from './format.js';
import {get} from './api.js';

const MINUTES = ['1', '5', '10'];
const ASK_EVERY = 10000;

let asked;
let answer;
let graph;
let drawn;

export const title = () => 'Profiles';

/** Adding up minutes costs the agent more than a look at its counters, so it is asked less often than the page draws. */
export async function load(route) {
  const wanted = new URLSearchParams();
  for (const name of ['service', 'process', 'minutes']) {
    if (route.query.get(name)) {
      wanted.set(name, route.query.get(name));
    }
  }
  const question = wanted.toString();
  if (!answer || asked.question !== question || Date.now() - asked.at > ASK_EVERY) {
    const fresh = await get(`profiles?${question}`);
    asked = {question, at: Date.now()};
    answer = fresh;
  }
  return answer;
}

export function leave() {
  answer = undefined;
  graph = undefined;
  drawn = undefined;
}

function name(process) {
  const {service_name: service, pod, container, pid} = process.labels;
  return [service, pod ? `${pod}/${container}` : container, `pid ${pid}`].filter(Boolean).join(', ');
}

function services(processes) {
  const sums = new Map();
  for (const process of processes) {
    const service = process.labels.service_name;
    sums.set(service, (sums.get(service) ?? 0) + process.cpuSeconds);
  }
  return [...sums].sort((a, b) => b[1] - a[1]);
}

function select(id, label, value, options, change) {
  const known = options.some(([key]) => key === value);
  return h('label', {}, h('span', {}, label),
    h('select', {id, onchange: event => change(event.target.value)},
      (known ? options : [...options, [value, `${value} (not seen)`]]).map(([key, text]) =>
        h('option', {value: key, selected: key === value}, text))));
}

function empty(data) {
  if (!data.profiles) {
    return h('div', {class: 'empty', 'data-key': 'off'}, h('p', {}, 'No profiler is configured.'),
      h('p', {}, 'An ebpf receiver in a profiles pipeline shows here what this machine\'s CPUs run.'));
  }
  return h('div', {class: 'empty', 'data-key': 'none'}, h('p', {}, 'No samples yet.'),
    h('p', {}, data.problems.length ? 'What is said above keeps the profiler from taking any.' : 'They are shown some seconds after the CPUs ran something.'));
}

function table(processes, whole, use) {
  return h('section', {'data-key': 'processes', 'aria-labelledby': 'processes'}, h('h2', {id: 'processes'}, 'Processes'),
    h('div', {class: 'card scroll'}, h('table', {},
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Process'), h('th', {scope: 'col'}, 'Service'), h('th', {scope: 'col'}, 'Pod and container'),
        h('th', {scope: 'col', class: 'number'}, 'CPU time'), h('th', {scope: 'col', class: 'number'}, 'Share'))),
      h('tbody', {}, processes.slice(0, 50).map(process => h('tr', {'data-key': process.key},
        h('th', {scope: 'row'}, h('button', {type: 'button', class: 'quiet', onclick: () => use('process', process.key)}, `${process.labels.comm ?? '?'} ${process.labels.pid}`)),
        h('td', {}, h('span', {class: 'cut', title: process.labels.service_name}, process.labels.service_name)),
        h('td', {}, h('span', {class: 'cut'}, process.labels.pod ? `${process.labels.namespace}/${process.labels.pod}/${process.labels.container}` : process.labels.container ?? '–')),
        h('td', {class: 'number'}, `${process.cpuSeconds.toFixed(2)} s`),
        h('td', {class: 'number'}, `${(process.cpuSeconds / whole * 100).toFixed(1)} %`)))))));
}

export function show(data, {route, keep, announce}) {
  const use = (key, value) => {
    const query = new URLSearchParams(route.query);
    if (key === 'service') {
      query.delete('process');
    }
    if (value) {
      query.set(key, value);
    } else {
      query.delete(key);
    }
    keep(query);
    dispatchEvent(new HashChangeEvent('hashchange'));
  };
  const query = key => route.query.get(key) ?? '';
  const processes = data.processes ?? [];
  const whole = processes.reduce((sum, process) => sum + process.cpuSeconds, 0);
  const mine = processes.filter(process => !query('service') || process.labels.service_name === query('service'));
  const summary = data.to
    ? `${plural(processes.length, 'process', 'processes')} ran between ${clock(data.from).slice(0, 8)} and ${clock(data.to).slice(0, 8)}, ${whole.toFixed(1)} s of CPU time in all.`
    : 'What the CPUs of this machine run, sampled by the kernel.';
  announce(summary);
  graph ??= h('flame-graph', {});
  // Put into its place once and left there, so that it keeps the focus while the rest is drawn anew.
  queueMicrotask(() => {
    const place = document.getElementById('flame-place');
    if (place && !place.contains(graph)) {
      place.append(graph);
    }
  });
  if (drawn !== data) {
    drawn = data;
    graph.data = data;
  }
  return [
    h('div', {class: 'head', 'data-key': 'head'}, h('div', {}, h('h1', {}, 'Profiles'), h('p', {class: 'soft'}, summary))),
    h('div', {'data-key': 'problems'}, (data.problems ?? []).map(problem => h('div', {class: 'banner', 'data-tone': 'warn'}, icon('warn'), h('div', {}, problem)))),
    data.to ? h('div', {class: 'card toolbar', 'data-key': 'toolbar'},
      select('service', 'Service', query('service'), [['', 'All services'],
        ...services(processes).map(([service, seconds]) => [service, `${service} (${(seconds / whole * 100).toFixed(0)} %)`])], value => use('service', value)),
      select('process', 'Process', query('process'), [['', 'All processes'], ...mine.map(process => [process.key, name(process)])], value => use('process', value)),
      select('minutes', 'Last', query('minutes') || '5', MINUTES.map(minutes => [minutes, plural(Number(minutes), 'minute', 'minutes')]), value => use('minutes', value))) : null,
    data.to ? h('section', {class: 'card flame', 'data-key': 'flame', 'aria-label': 'Flame graph'}, h('div', {id: 'flame-place', 'data-keep': true})) : empty(data),
    data.to ? table(mine, whole, use) : null,
  ];
}
