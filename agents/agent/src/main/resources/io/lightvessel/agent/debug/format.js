// Numbers, times and states in words.
import {h, icon} from './dom.js';

const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const short = new Intl.NumberFormat('en', {maximumSignificantDigits: 3});

export function count(value) {
  return whole.format(value);
}

function scaled(value, base, units) {
  let unit = 0;
  while (Math.abs(value) >= base * 0.9995 && unit < units.length - 1) {
    value /= base;
    unit++;
  }
  return `${short.format(value)}${units[unit]}`;
}

export function compact(value) {
  return Math.abs(value) < 10000 ? whole.format(value) : scaled(value, 1000, ['', ' k', ' M', ' G', ' T']);
}

export function bytes(value) {
  return scaled(value, 1024, [' B', ' KiB', ' MiB', ' GiB', ' TiB']);
}

/** Records per second; a dash while nobody knows. */
export function rate(value) {
  return value === undefined ? '–' : `${scaled(value, 1000, ['', ' k', ' M'])}/s`;
}

export function byteRate(value) {
  return value === undefined ? '–' : `${bytes(value)}/s`;
}

export function plural(number, one, many) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

export function span(seconds) {
  if (seconds < 60) {
    return `${Math.max(0, Math.floor(seconds))} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min`;
  }
  if (seconds < 86400) {
    return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
  }
  return `${Math.floor(seconds / 86400)} d ${Math.floor(seconds % 86400 / 3600)} h`;
}

/** How long ago, by the agent's own clock where that is known. */
export function ago(instant, now) {
  return `${span((new Date(now ?? Date.now()) - new Date(instant)) / 1000)} ago`;
}

export function clock(instant) {
  const time = new Date(instant);
  return Number.isNaN(time.getTime()) ? '' : time.toLocaleTimeString('en-GB') + '.' + String(time.getMilliseconds()).padStart(3, '0');
}

const STATES = {
  ok: ['ok', 'Healthy'],
  starting: ['wait', 'Starting'],
  recoverable: ['warn', 'Failing'],
  broken: ['bad', 'Broken'],
  stopped: ['none', 'Not running'],
};

export function tone(health) {
  return (STATES[health?.status] ?? STATES.stopped)[0];
}

export function word(health) {
  return (STATES[health?.status] ?? STATES.stopped)[1];
}

/** Health as icon, word and colour. */
export function badge(health) {
  return h('span', {class: 'health', 'data-tone': tone(health)}, icon(tone(health)), word(health));
}

export function componentLink(kind, id, ...content) {
  return h('a', {href: componentHref(kind, id), class: 'cut', title: `${kind} ${id}`}, content.length ? content : id);
}

export function componentHref(kind, id) {
  return `#/components/${kind}/${id.split('/').map(encodeURIComponent).join('/')}`;
}

/** The two parts of {@code receiver/otlp/shop}. */
export function parts(name) {
  const slash = name.indexOf('/');
  return {kind: name.slice(0, slash), id: name.slice(slash + 1)};
}

export function tailHref(edge) {
  return `#/tail?${new URLSearchParams({pipeline: edge.pipeline, edge: `${edge.from}->${edge.to}`})}`;
}
