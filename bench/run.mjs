import { fileURLToPath } from "node:url";
import { hoconRow, measureHocon } from "./hocon.mjs";
import { compare } from "./measure.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const rounds = Number(process.argv[2] ?? 7);

// `--dry-run` does everything but write: all sources are read, all targets made and compared with what is there.
const rows = compare(
  [
    { name: "node -e 0", args: ["-e", "0"], cwd: root },
    { name: "concordat --help", args: ["dist/concordat.js", "--help"], cwd: root },
    {
      name: "concordat generate, all sources to all targets",
      args: ["dist/concordat.js", "generate", "--dry-run"],
      cwd: root,
    },
    {
      name: "concordat list systems, all sources read once",
      args: ["dist/concordat.js", "list", "systems"],
      cwd: root,
    },
    {
      name: "concordat breaking, all contracts against themselves",
      args: ["dist/concordat.js", "breaking", "--against", "dir:.", "--mode", "full"],
      cwd: root,
    },
  ],
  rounds,
);

const [base] = rows;
const ratio = (a, b) => `${(a / b).toFixed(1)}x`;
console.log(`Node ${process.version}, medians of ${rounds} alternating rounds\n`);
console.log("| program | CPU ms | wall ms | peak MB | CPU to node -e 0 | memory to node -e 0 |");
console.log("| --- | ---: | ---: | ---: | ---: | ---: |");
for (const { name, cpu, wall, memory } of rows) {
  const cells = [
    name,
    cpu.toFixed(0),
    wall.toFixed(0),
    memory.toFixed(0),
    ratio(cpu, base.cpu),
    ratio(memory, base.memory),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
const [, , , read, breaking] = rows;
console.log(
  `\nBreaking takes ${ratio(breaking.cpu, 2 * read.cpu)} the CPU of reading both models (wanted: less than 2x).`,
);
console.log(`\n${hoconRow(await measureHocon())}`);
