// The pipelines as pictures, and as tables that say the same.
import {h, s, icon} from './dom.js';
import {badge, byteRate, bytes, compact, componentHref, componentLink, count, parts, plural, rate, tailHref, tone} from './format.js';
import {get} from './api.js';
import {layout} from './layout.js';

export const title = () => 'Graph';
export const load = () => get('graph');

// Which node of each picture the Tab key comes to.
const current = new Map();

function nameOf(component) {
  return `${component.kind}/${component.id}`;
}

function edgeState(edge) {
  return edge.recordsPerSecond > 0 ? 'flowing' : 'idle';
}

function strength(edge) {
  return edge.recordsPerSecond > 0 ? Math.min(4, 1.5 + Math.log10(1 + edge.recordsPerSecond) / 2) : 1.2;
}

function throughput(pipeline, component) {
  const out = pipeline.edges.filter(edge => edge.from === nameOf(component));
  const edges = out.length ? out : pipeline.edges.filter(edge => edge.to === nameOf(component));
  const known = edges.filter(edge => edge.recordsPerSecond !== undefined);
  return known.length ? known.reduce((sum, edge) => sum + edge.recordsPerSecond, 0) : undefined;
}

/** Arrow keys lead along the edges and within a layer. */
function move(event, nodes, at) {
  const node = nodes[at];
  const nearest = layer => nodes.map((other, i) => ({other, i})).filter(({other}) => other.layer === layer)
    .sort((one, two) => Math.abs(one.other.row - node.row) - Math.abs(two.other.row - node.row))[0]?.i;
  const beside = step => nodes.findIndex(other => other.layer === node.layer && other.row === node.row + step);
  const vertical = event.currentTarget.dataset.vertical === 'true';
  const along = vertical ? {ArrowDown: 1, ArrowUp: -1} : {ArrowRight: 1, ArrowLeft: -1};
  const within = vertical ? {ArrowRight: 1, ArrowLeft: -1} : {ArrowDown: 1, ArrowUp: -1};
  const target = event.key in along ? nearest(node.layer + along[event.key])
    : event.key in within ? beside(within[event.key])
      : event.key === 'Home' ? 0 : event.key === 'End' ? nodes.length - 1 : undefined;
  if (target === undefined) {
    return undefined;
  }
  event.preventDefault();
  return target >= 0 ? target : undefined;
}

function picture(pipeline, width, redraw) {
  const {nodes, edges, height, vertical} = layout(pipeline, width);
  const names = nodes.map(node => nameOf(node.component));
  const tabStop = Math.max(0, names.indexOf(current.get(pipeline.id)));
  const describe = `Graph of pipeline ${pipeline.id}. Arrow keys move between its components, Enter opens one.`;
  const keys = event => {
    const at = names.indexOf(event.target.dataset?.name);
    const target = at < 0 ? undefined : move(event, nodes, at);
    if (target !== undefined) {
      current.set(pipeline.id, names[target]);
      event.currentTarget.querySelector(`[data-name="${CSS.escape(names[target])}"]`).focus();
      redraw();
    }
  };
  return h('div', {class: 'picture', role: 'group', 'aria-label': describe, style: {height: `${height}px`}, 'data-vertical': String(vertical), onkeydown: keys},
    s('svg', {class: 'edges', width, height, 'aria-hidden': 'true', focusable: 'false'},
      edges.map(({edge, path}) => s('path', {d: path, 'data-state': edgeState(edge), 'stroke-width': strength(edge).toFixed(2)}))),
    nodes.map((node, i) => {
      const {component} = node;
      const flow = throughput(pipeline, component);
      return h('a', {
        class: 'node', 'data-key': names[i], 'data-name': names[i], 'data-kind': component.kind, 'data-tone': tone(component.health),
        href: componentHref(component.kind, component.id), tabindex: i === tabStop ? 0 : -1,
        title: component.health.error ? `${component.id}: ${component.health.error}` : component.id,
        style: {left: `${node.x}px`, top: `${node.y}px`, width: `${node.width}px`, height: `${node.height}px`},
        onfocus: () => current.set(pipeline.id, names[i]),
      },
        icon(component.kind),
        h('span', {class: 'node-text'}, h('span', {class: 'node-name'}, component.id), ' ', badge(component.health),
          h('span', {class: 'sr-only'}, `, ${component.kind}${flow === undefined ? '' : `, ${rate(flow).replace('/s', ' records per second')}`}`)));
    }),
    edges.filter(({edge}) => !edge.intended).map(({edge, x, y}) => h('a', {
      class: 'edge-label', 'data-key': `${edge.from}->${edge.to}`, 'data-state': edgeState(edge), href: tailHref(edge),
      title: `${edge.from} to ${edge.to}: ${count(edge.records)} records, ${bytes(edge.bytes)}. Watch it live.`,
      'aria-label': `${rate(edge.recordsPerSecond)}, ${edge.from.replace('/', ' ')} to ${edge.to.replace('/', ' ')}, watch live`,
      style: {left: `${x}px`, top: `${y}px`},
    }, rate(edge.recordsPerSecond))));
}

function table(pipeline) {
  if (!pipeline.edges.length) {
    return h('div', {class: 'empty'}, h('p', {}, 'This pipeline does not run, so nothing passes.'));
  }
  return h('div', {class: 'card scroll'}, h('table', {},
    h('caption', {class: 'sr-only'}, `Connections of pipeline ${pipeline.id}`),
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'From'), h('th', {scope: 'col'}, 'To'), h('th', {scope: 'col', class: 'number'}, 'Rate'),
      h('th', {scope: 'col', class: 'number'}, 'Bytes'), h('th', {scope: 'col', class: 'number'}, 'Records'), h('th', {scope: 'col'}, h('span', {class: 'sr-only'}, 'Live tail')))),
    h('tbody', {}, pipeline.edges.map(edge => h('tr', {'data-key': `${edge.from}->${edge.to}`},
      h('th', {scope: 'row'}, end(pipeline, edge.from)), h('td', {}, end(pipeline, edge.to)),
      h('td', {class: 'number'}, rate(edge.recordsPerSecond)), h('td', {class: 'number'}, byteRate(edge.bytesPerSecond)),
      h('td', {class: 'number', title: count(edge.records)}, compact(edge.records)),
      h('td', {class: 'number'}, h('a', {href: tailHref(edge), 'aria-label': `Watch ${edge.from} to ${edge.to} live`}, 'Watch')))))));
}

function end(pipeline, name) {
  const {kind, id} = parts(name);
  const health = pipeline.components.find(each => nameOf(each) === name)?.health;
  return [componentLink(kind, id), h('div', {class: 'under'}, `${kind} · `, badge(health))];
}

function extensions(list) {
  if (!list.length) {
    return null;
  }
  return h('section', {'data-key': 'extensions', 'aria-labelledby': 'extensions'}, h('h2', {id: 'extensions'}, 'Extensions'),
    h('ul', {class: 'card plain'}, list.map(each => h('li', {'data-key': each.id}, icon('extension'), componentLink('extension', each.id), badge(each.health)))));
}

export function show(graph, {route, keep, announce, redraw}) {
  const asTable = route.query.get('view') === 'table';
  const room = document.getElementById('main').clientWidth;
  const padding = matchMedia('(max-width: 900px)').matches ? 16 : 24;
  const width = Math.max(240, Math.min(room, 1480) - 2 * padding - 2 * 14 - 2);
  const sick = graph.pipelines.filter(pipeline => tone(pipeline.health) !== 'ok').length;
  const summary = graph.pipelines.length
    ? `${plural(graph.pipelines.length, 'pipeline', 'pipelines')}, ${sick ? `${count(sick)} with a problem` : 'all healthy'}. A rate opens the live tail of its edge.`
    : 'No pipelines yet.';
  announce(summary.split('. ')[0]);
  const choose = table => () => {
    const query = new URLSearchParams(route.query);
    if (table) {
      query.set('view', 'table');
    } else {
      query.delete('view');
    }
    keep(query);
    redraw();
  };
  return [
    h('div', {class: 'head'}, h('div', {}, h('h1', {}, 'Graph'), h('p', {class: 'soft'}, summary)),
      h('div', {class: 'switch', role: 'group', 'aria-label': 'Show as'},
        h('button', {type: 'button', 'aria-pressed': String(!asTable), onclick: choose(false)}, icon('graph'), 'Graph'),
        h('button', {type: 'button', 'aria-pressed': String(asTable), onclick: choose(true)}, icon('table'), 'Table'))),
    graph.pipelines.length ? null : h('div', {class: 'empty', 'data-key': 'none'}, h('p', {}, 'No pipelines yet.'),
      h('p', {}, 'When a config is in force, its receivers, processors and exporters appear here.')),
    graph.pipelines.map(pipeline => h('section', {'data-key': pipeline.id, 'aria-labelledby': `pipeline-${pipeline.id}`},
      h('div', {class: 'section-head'}, h('h2', {id: `pipeline-${pipeline.id}`, class: 'cut', title: pipeline.id}, pipeline.id),
        badge(pipeline.health),
        pipeline.health.error ? h('span', {class: 'soft break'}, pipeline.health.error) : null),
      asTable ? table(pipeline) : h('div', {class: 'card canvas'}, picture(pipeline, width, redraw)))),
    extensions(graph.extensions),
    graph.pipelines.length && !asTable ? h('p', {class: 'legend', 'data-key': 'legend'},
      h('span', {}, h('span', {class: 'line', 'data-state': 'flowing'}), 'telemetry flows; thicker means more'),
      h('span', {}, h('span', {class: 'line', 'data-state': 'idle'}), 'nothing flows now')) : null,
  ];
}
