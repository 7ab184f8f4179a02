// Asks the agent, again and again, and knows whether it still answers.

export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** JSON of a path under /api/v1/; throws Refused with the agent's own words, or TypeError when nobody answers. */
export async function get(path) {
  const response = await fetch(`/api/v1/${path}`, {
    headers: {accept: 'application/json'},
    cache: 'no-store',
    signal: AbortSignal.timeout(10000),
  });
  if (response.ok) {
    return response.json();
  }
  throw await refusal(response);
}

export async function refusal(response) {
  if (response.status === 401) {
    location.assign('/sign-in');
  }
  let detail = `The agent answered with ${response.status}.`;
  try {
    detail = (await response.json()).detail ?? detail;
  } catch {
    // Something between here and the agent answered in its place.
  }
  return new Refused(response.status, detail);
}

/** Server-sent events by fetch, which unlike EventSource tells why it was refused. */
export async function events(path, signal, handle, opened) {
  const response = await fetch(`/api/v1/${path}`, {headers: {accept: 'text/event-stream'}, cache: 'no-store', signal});
  if (!response.ok) {
    throw await refusal(response);
  }
  opened();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const {value, done} = await reader.read();
    if (done) {
      return;
    }
    text += value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (event && data) {
        handle(event, JSON.parse(data));
      }
    }
  }
}
