// Places the components of one pipeline: side by side while there is room, one below the other when there is not.

const HEIGHT = 62;
const GAP = 22;
const BETWEEN = 72;
const WIDEST = 216;
const NARROWEST = 118;
const EDGE = 8;

/** The pipeline's columns: receivers, each processor, exporters. */
function layers(pipeline) {
  const of = kind => pipeline.components.filter(each => each.kind === kind);
  return [of('receiver'), ...of('processor').map(each => [each]), of('exporter')].filter(layer => layer.length);
}

/** A pipeline that does not run has no edges to count on; what it was meant to be is drawn all the same. */
function intended(columns) {
  const name = component => `${component.kind}/${component.id}`;
  return columns.slice(1).flatMap((column, i) => columns[i].flatMap(from => column.map(to => ({from: name(from), to: name(to), intended: true}))));
}

/**
 * Positions of nodes and edges within the given width.
 * @returns {{nodes, edges, width, height, vertical}} nodes carry their layer and place in it
 */
export function layout(pipeline, available) {
  const columns = layers(pipeline);
  const nodeWidth = (available - 2 * EDGE - BETWEEN * (columns.length - 1)) / columns.length;
  const placed = nodeWidth >= NARROWEST ? across(columns, available, Math.min(WIDEST, nodeWidth)) : down(columns, available);
  const byName = new Map(placed.nodes.map(node => [`${node.component.kind}/${node.component.id}`, node]));
  const edges = (pipeline.edges.length ? pipeline.edges : intended(columns))
    .filter(edge => byName.has(edge.from) && byName.has(edge.to))
    .map(edge => route(edge, byName.get(edge.from), byName.get(edge.to), placed.vertical));
  return {...placed, edges};
}

function across(columns, available, width) {
  const tallest = Math.max(...columns.map(column => column.length));
  const height = tallest * HEIGHT + (tallest - 1) * GAP + 2 * EDGE;
  const step = columns.length > 1 ? Math.min((available - 2 * EDGE - width) / (columns.length - 1), width + 260) : 0;
  const nodes = columns.flatMap((column, layer) => {
    const used = column.length * HEIGHT + (column.length - 1) * GAP;
    return column.map((component, row) => ({
      component, layer, row, width, height: HEIGHT,
      x: EDGE + layer * step,
      y: (height - used) / 2 + row * (HEIGHT + GAP),
    }));
  });
  return {nodes, height, width: available, vertical: false};
}

function down(columns, available) {
  const perRow = Math.max(1, Math.floor((available - 2 * EDGE + GAP) / (176 + GAP)));
  const nodes = [];
  let y = EDGE;
  columns.forEach((column, layer) => {
    for (let from = 0; from < column.length; from += perRow) {
      const row = column.slice(from, from + perRow);
      const width = Math.min(WIDEST, (available - 2 * EDGE - (row.length - 1) * GAP) / row.length);
      const used = row.length * width + (row.length - 1) * GAP;
      row.forEach((component, i) => nodes.push({
        component, layer, row: from + i, width, height: HEIGHT,
        x: (available - used) / 2 + i * (width + GAP), y,
      }));
      y += HEIGHT + GAP;
    }
    y += 34;
  });
  return {nodes, height: y - GAP - 34 + EDGE, width: available, vertical: true};
}

function route(edge, from, to, vertical) {
  const [x1, y1, x2, y2] = vertical
    ? [from.x + from.width / 2, from.y + from.height, to.x + to.width / 2, to.y]
    : [from.x + from.width, from.y + from.height / 2, to.x, to.y + to.height / 2];
  const bend = (vertical ? y2 - y1 : x2 - x1) / 2;
  const path = vertical
    ? `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`
    : `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  return {edge, path, x: (x1 + x2) / 2, y: (y1 + y2) / 2};
}
