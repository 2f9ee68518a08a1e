import { expect, test } from "vitest";
import { eventTypeName, localName, lowerCamelCase, pascalCase, snakeCase } from "./index.ts";

test.each([
  ["h2o.app.App", "App"],
  ["h2o.app.AppRuntime", "AppRuntime"],
  ["h2o.app.App.Visibility", "AppVisibility"],
  ["h2o.mlops.Project", "MlopsProject"],
  ["flyteidl.core.WorkflowExecution.Phase", "CoreWorkflowExecutionPhase"],
  ["clearml.get_task_plots.v2_16.Request", "GetTaskPlotsV2_16Request"],
  ["h2o.mlops.MLOpsEvent", "MlOpsEvent"],
  ["flyteidl.event.TaskExecutionEvent", "TaskExecutionEvent"],
  ["flyteidl.core.ExecutionError.ErrorKind", "CoreExecutionErrorKind"],
  ["h2o.app.Application", "AppApplication"],
  ["Bare", "Bare"],
])("%s is called %s within its system", (name, local) => {
  expect(localName(name)).toBe(local);
});

test("an event that is a dotted prefix of another keeps a name of its own", () => {
  const name = (event: string) => eventTypeName({ name: event, system: "telemetry" });
  expect(name("kuber.deploy.start")).toBe("KuberDeployStart");
  expect(name("kuber.deploy.start.complete")).toBe("KuberDeployStartComplete");
});

test("words are found in any spelling", () => {
  expect(snakeCase("KubernetesResourceUsage")).toBe("kubernetes_resource_usage");
  expect(snakeCase("LLMUsage")).toBe("llm_usage");
  expect(pascalCase("kuber.deploy.start")).toBe("KuberDeployStart");
});

test("lowerCamelCase is that of the Protobuf JSON mapping", () => {
  expect(lowerCamelCase("parent_node_execution_id")).toBe("parentNodeExecutionId");
  expect(lowerCamelCase("a__b_1")).toBe("aB1");
});
