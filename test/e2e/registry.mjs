// What ClickHouse asks of a schema registry, in a process of its own: it waits for an answer a second, and no longer.
import { createServer } from "node:http";

const schemas = [];
const server = createServer(({ url }, response) => {
  const schema = schemas[Number(/^\/schemas\/ids\/(\d+)/.exec(url)?.[1]) - 1];
  response.writeHead(schema === undefined ? 404 : 200, { "content-type": "application/vnd.schemaregistry.v1+json" });
  response.end(JSON.stringify(schema === undefined ? { error_code: 40403, message: "Schema not found" } : { schema }));
});
process.on("message", (schema) => schemas.push(schema));
process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send?.({ address: `http://127.0.0.1:${server.address().port}` }));
