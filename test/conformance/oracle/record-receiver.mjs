// Takes the records of Zeebe's bundled Elasticsearch exporter and gives them out again: GET /records?after=<count>.
import { createServer } from 'node:http';

/** Starts the receiver on a free loopback port. `url` is for the exporter and for readers. */
export async function startRecordReceiver() {
  const records = [];
  const seen = new Set();
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url, 'http://receiver');
      const answer = (body) => response.writeHead(200, { 'content-type': 'application/json', 'X-Elastic-Product': 'Elasticsearch' }).end(JSON.stringify(body));
      if (url.pathname === '/records') return answer(records.slice(Number(url.searchParams.get('after') ?? 0)));
      if (url.pathname !== '/_bulk') return answer({ acknowledged: true });
      return answer({ errors: false, items: takeBulk(Buffer.concat(chunks).toString('utf8'), records, seen) });
    });
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())) };
}

function takeBulk(text, records, seen) {
  const lines = text.split('\n').filter((line) => line !== '');
  const items = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const { index } = JSON.parse(lines[at]);
    // Keys do not fit a double: as text before parsing. Digits inside of texts are left alone.
    const record = JSON.parse(lines[at + 1].replace(/"(?:[^"\\]|\\.)*"|:(\d{16,})(?=[,}])/g, (whole, key) => (key === undefined ? whole : `:"${key}"`)));
    if (!seen.has(index._id)) records.push(record);
    seen.add(index._id);
    items.push({ index: { _id: index._id, status: 201 } });
  }
  return items;
}
