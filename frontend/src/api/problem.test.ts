import { expect, test } from "vitest";
import { parseProblem } from "./problem";

test("parseProblem: a problem document keeps its code, detail and fields", () => {
  const body = {
    type: "about:blank",
    title: "Invalid workload",
    status: 422,
    detail: "One field is wrong.",
    code: "invalid_workload",
    errors: [
      { field: "phases[0].hardware", problem: "is not known", expected: "an id of GET /v1/catalogue" },
    ],
  };
  const problem = parseProblem(422, JSON.stringify(body));
  expect(problem).toMatchObject({
    status: 422,
    code: "invalid_workload",
    message: "One field is wrong.",
    errors: body.errors,
  });
});

test("parseProblem: a page of a proxy becomes its status alone", () => {
  const problem = parseProblem(503, "<html><script>alert(1)</script></html>");
  expect(problem).toMatchObject({
    status: 503,
    code: "http-503",
    message: "The backend answered 503",
    errors: [],
  });
});

test("parseProblem: members of a wrong type are left out", () => {
  const problem = parseProblem(400, JSON.stringify({ title: 7, errors: [null, "x", { field: 3 }] }));
  expect(problem.errors).toEqual([{ field: "", problem: "", expected: "" }]);
  expect(parseProblem(400, JSON.stringify({ errors: "x" })).errors).toEqual([]);
});
