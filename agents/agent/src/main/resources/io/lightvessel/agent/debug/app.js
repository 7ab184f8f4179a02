// The frame: which view is shown, how often it asks, and what it says when nobody answers.
import {h, icon, render} from './dom.js';
import {clock, span} from './format.js';
import {get, Refused} from './api.js';
import * as overview from './overview.js';
import * as graph from './graph.js';
import * as details from './details.js';
import * as ledger from './ledger.js';
import * as profiles from './profiles.js';
import * as tail from './tail.js';
import * as targets from './targets.js';
import * as cluster from './cluster.js';

const VIEWS = {overview, graph, components: details, ledger, targets, cluster, profiles, tail};
const NAVIGATION = [['overview', 'Overview'], ['graph', 'Graph'], ['ledger', 'Ledger'], ['targets', 'Targets'],
  ['cluster', 'Cluster'], ['profiles', 'Profiles'], ['tail', 'Live tail']];
const INTERVAL = 2000;
const ANNOUNCE_EVERY = 10000;

const place = id => document.getElementById(id);
let route;
let turn = 0;
let timer;
let failures = 0;
let silentSince;
let announced = 0;
let status;

function parse() {
  const [path, query] = (location.hash || '#/overview').slice(2).split('?');
  const [name, ...rest] = path.split('/');
  return {
    name: VIEWS[name] ? name : 'overview',
    rest: rest.map(decodeURIComponent),
    query: new URLSearchParams(query),
  };
}

/** Keeps the state of the view in the address without a step in the history. */
function keep(query) {
  const text = query.toString();
  const hash = location.hash.split('?')[0] || '#/overview';
  history.replaceState(null, '', text ? `${hash}?${text}` : hash);
  route.query = query;
}

/** For those who hear the page: at most one sentence in ten seconds, unless it answers something they did. */
function announce(text, now) {
  if (now || Date.now() - announced > ANNOUNCE_EVERY) {
    announced = Date.now();
    place('announcer').textContent = text;
  }
}

function frame() {
  const active = route.name === 'components' ? 'graph' : route.name;
  render(place('nav'), h('ul', {}, NAVIGATION.map(([name, label]) =>
    h('li', {'data-key': name},
      h('a', {href: `#/${name}`, 'aria-current': active === name ? 'page' : null}, icon(name), h('span', {}, label))))));
  if (status) {
    render(place('who'),
      h('strong', {class: 'cut', title: status.name}, status.name),
      status.role ? h('span', {class: 'chip'}, status.role) : null);
    render(place('about'),
      h('span', {}, `Version ${status.version}`), h('span', {}, `Up ${span(status.uptimeSeconds)}`));
    place('sign-out').hidden = !status.signedIn;
  }
}

function connection(state, text) {
  place('link').dataset.state = state;
  place('link-text').textContent = text;
}

function answered() {
  if (silentSince) {
    announce('The agent answers again.', true);
  }
  failures = 0;
  silentSince = undefined;
  connection('good', 'Live');
  place('main').classList.remove('stale');
  render(place('gone'));
}

function silent() {
  failures++;
  if (failures < 2) {
    return;
  }
  silentSince ??= new Date(Date.now() - INTERVAL);
  connection('bad', 'Reconnecting');
  place('main').classList.add('stale');
  render(place('gone'), h('div', {class: 'banner', 'data-tone': 'bad'}, icon('bad'), h('div', {},
    h('strong', {}, 'The agent does not answer.'),
    ` What you see is from ${clock(silentSince).slice(0, 8)}. It may have stopped or be restarting; this page tries again every ${INTERVAL / 1000} seconds.`)));
}

function fault(error) {
  render(place('main'), h('h1', {}, 'That did not work'),
    h('div', {class: 'empty'}, h('p', {}, error.message), h('p', {}, h('a', {href: '#/overview'}, 'Go to the overview'))));
}

async function refresh() {
  clearTimeout(timer);
  const mine = ++turn;
  const view = VIEWS[route.name];
  try {
    const [latest, data] = await Promise.all([get('status'), view.load?.(route)]);
    if (mine !== turn) {
      return;
    }
    status = latest;
    answered();
    frame();
    draw(view, data);
  } catch (error) {
    if (mine !== turn) {
      return;
    }
    if (error instanceof Refused) {
      answered();
      fault(error);
    } else if (error instanceof TypeError || error.name === 'TimeoutError' || error.name === 'AbortError') {
      silent();
    } else {
      fault(error);
      throw error;
    }
  } finally {
    if (mine === turn) {
      timer = setTimeout(refresh, INTERVAL);
    }
  }
}

let latestData;
let latestView;

function draw(view, data) {
  latestView = view;
  latestData = data;
  const context = {status, route, keep, announce, redraw: () => draw(view, latestData)};
  render(place('main'), view.show(data, context));
  document.title = `${view.title(route)} - ${status?.name ?? 'Lightvessel agent'}`;
}

function go(byPerson) {
  const before = route;
  route = parse();
  if (before && before.name !== route.name) {
    VIEWS[before.name].leave?.();
  }
  const same = before && before.name === route.name && before.rest.join('/') === route.rest.join('/');
  frame();
  if (!same) {
    place('main').replaceChildren();
    scrollTo(0, 0);
    if (byPerson) {
      place('main').focus({preventScroll: true});
      announce(VIEWS[route.name].title(route), true);
    }
  }
  refresh();
}

function theme() {
  const root = document.documentElement;
  const names = {system: 'System', light: 'Light', dark: 'Dark'};
  const now = root.dataset.theme ?? 'system';
  const next = {system: 'light', light: 'dark', dark: 'system'}[now];
  const button = place('theme');
  button.textContent = `Theme: ${names[now]}`;
  button.title = `Change to ${names[next].toLowerCase()}`;
  button.onclick = () => {
    if (next === 'system') {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = next;
    }
    try {
      localStorage.setItem('lightvessel-theme', next);
    } catch {
      // Without storage the choice holds until the page is left.
    }
    theme();
  };
}

place('skip').onclick = event => {
  event.preventDefault();
  place('main').focus();
};
theme();
addEventListener('hashchange', () => go(true));
let width = innerWidth;
addEventListener('resize', () => {
  if (innerWidth !== width && latestView === VIEWS[route.name] && latestData !== undefined) {
    width = innerWidth;
    draw(latestView, latestData);
  }
});
document.addEventListener('visibilitychange', () => document.hidden ? clearTimeout(timer) : refresh());
go(false);
