// The books: received = delivered + queued + dropped, for every pipeline.
import {h, icon} from './dom.js';
import {bytes, componentLink, count, parts, plural, rate} from './format.js';
import {get} from './api.js';

export const title = () => 'Ledger';
export const load = () => get('ledger');

function amount(part, state) {
  return h('td', {class: 'number', 'data-tone': state}, h('span', {}, count(part.records)), h('span', {class: 'under'}, bytes(part.bytes)),
    part.recordsPerSecond ? h('span', {class: 'under'}, rate(part.recordsPerSecond)) : null);
}

function balance(ledger) {
  return ledger.balanced
    ? h('span', {class: 'health', 'data-tone': 'ok'}, icon('ok'), 'Balanced')
    : h('span', {class: 'health', 'data-tone': 'wait', title: 'Under load the sides are read at different moments. A difference that stays is an error in the pipeline\'s health.'},
      icon('wait'), `${ledger.difference.records > 0 ? '+' : ''}${count(ledger.difference.records)} in motion`);
}

const LOST = {true: 'no, the producer was told and still has them', false: 'yes'};

function losses(pipelines) {
  const rows = pipelines.flatMap(ledger => ledger.losses.map(each => ({...each, pipeline: ledger.pipeline})));
  return h('section', {'data-key': 'losses', 'aria-labelledby': 'losses'}, h('h2', {id: 'losses'}, 'Where and why records were dropped'),
    rows.length ? lossTable(rows, {col: 'Component', cell: row => componentLink(parts(row.component).kind, parts(row.component).id, row.component)})
      : h('div', {class: 'empty'}, h('p', {}, 'Nothing was dropped.')));
}

/** What was dropped, a row for each pipeline, reason and whatever else is told of it. */
export function lossTable(rows, more = null) {
  return h('div', {class: 'card scroll'}, h('table', {},
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Pipeline'), more ? h('th', {scope: 'col'}, more.col) : null, h('th', {scope: 'col'}, 'Reason'),
      h('th', {scope: 'col', class: 'number'}, 'Records'), h('th', {scope: 'col', class: 'number'}, 'Size'), h('th', {scope: 'col'}, 'Lost?'))),
    h('tbody', {}, rows.map(row => h('tr', {'data-key': `${row.pipeline} ${row.component} ${row.reason}`},
      h('th', {scope: 'row'}, h('span', {class: 'cut', title: row.pipeline}, row.pipeline)), more ? h('td', {}, more.cell(row)) : null,
      h('td', {}, row.reason.replaceAll('_', ' ')), h('td', {class: 'number'}, count(row.records)), h('td', {class: 'number'}, bytes(row.bytes)),
      h('td', {}, LOST[row.producerWasTold]))))));
}

export function show(data, {announce}) {
  const out = data.pipelines.filter(ledger => !ledger.balanced).length;
  const summary = data.pipelines.length
    ? `${plural(data.pipelines.length, 'pipeline', 'pipelines')}, ${out ? `${count(out)} in motion` : 'all balanced'}. Counted since ${new Date(data.start).toLocaleString('en-GB')}.`
    : 'No pipelines yet.';
  announce(summary.split('. ')[0]);
  return [
    h('div', {class: 'head'}, h('div', {}, h('h1', {}, 'Ledger'), h('p', {class: 'soft'}, summary))),
    data.pipelines.length
      ? h('section', {'data-key': 'books', 'aria-label': 'Books'},
        h('div', {class: 'card scroll'}, h('table', {class: 'ledger'},
          h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Pipeline'), h('th', {scope: 'col', class: 'number'}, 'Received'), h('th', {scope: 'col', class: 'number'}, '= Delivered'),
            h('th', {scope: 'col', class: 'number'}, '+ Queued'), h('th', {scope: 'col', class: 'number'}, '+ Dropped'), h('th', {scope: 'col'}, 'Balance'))),
          h('tbody', {}, data.pipelines.map(ledger => h('tr', {'data-key': ledger.pipeline},
            h('th', {scope: 'row'}, h('span', {class: 'cut', title: ledger.pipeline}, ledger.pipeline)),
            amount(ledger.received), amount(ledger.delivered), amount(ledger.queued), amount(ledger.dropped, ledger.dropped.records ? 'bad' : null), h('td', {}, balance(ledger))))))),
        h('p', {class: 'soft small'}, 'A record counts once for every exporter of its pipeline, and bytes are those received.'))
      : h('div', {class: 'empty', 'data-key': 'none'}, h('p', {}, 'No pipelines yet.'), h('p', {}, 'Books are kept from the first record on.')),
    data.pipelines.length ? losses(data.pipelines) : null,
  ];
}
