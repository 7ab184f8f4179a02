'use strict';
// Sends 100 spans, a counter of 3 and two log records through the OpenTelemetry Node SDK, which takes endpoint, protocol
// and compression from its environment variables. Whatever the SDK complains about goes to standard error.
const { diag, DiagLogLevel, logs, metrics, SeverityNumber, SpanStatusCode, trace } =
  require('@opentelemetry/api');
const { NodeSDK } = require('@opentelemetry/sdk-node');

diag.setLogger({ error: console.error, warn: console.error, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN);

const sdk = new NodeSDK({ instrumentations: [] });
sdk.start();

const tracer = trace.getTracer('shop', '1.0');
for (let i = 0; i < 100; i++) {
  tracer.startActiveSpan('checkout ' + i, { attributes: { amount: 12.5, paid: true, items: ['a', 'b'] } }, span => {
    span.addEvent('charged', { attempt: 1 });
    if (i === 99) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'card refused' });
    }
    span.end();
  });
}
metrics.getMeter('shop').createCounter('orders').add(3, { region: 'eu' });
metrics.getMeter('shop').createHistogram('latency', { unit: 's' }).record(0.25);
const logger = logs.getLogger('shop');
logger.emit({ severityNumber: SeverityNumber.INFO, severityText: 'INFO', body: 'Grüße', attributes: { order: 17 } });
logger.emit({ severityNumber: SeverityNumber.WARN, body: { nested: [1, 'two', null] } });

sdk.shutdown().then(() => console.log('sent'), error => {
  console.error(error);
  process.exitCode = 1;
});
