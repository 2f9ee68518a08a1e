// ClickHouse in a process of its own, which can be killed: it answers queries and reads what its Kafka tables bring.
import { Session } from "chdb";

const [data, config] = process.argv.slice(2);
const session = new Session(data, { connectionArgs: [`--config-file=${config}`] });

process.on("message", ({ id, query, format }) => {
  try {
    process.send({ id, text: session.query(query, format) });
  } catch (error) {
    process.send({ id, error: String(error.message ?? error) });
  }
});
// Nobody is left who would ask: what is on disk is the parent's to remove.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.send({ ready: true });
