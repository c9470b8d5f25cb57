import type { Order, OrderStep } from "../../api/types";
import { Hash } from "../../components/Hash";
import { Progress, type ProgressStep, type StepState } from "../../components/Progress";
import { isOver, ORDER_PATH, reachedStep } from "../../flows/watchOrder";
import { text } from "../../strings/text";

const words = text.order;
const OFF_PATH: ReadonlySet<string> = new Set(["refunding", "refunded", "failed", "stranded"]);

function rowOf(state: Order["state"], mark: StepState, step: OrderStep | undefined): ProgressStep {
  return {
    label: words.states[state],
    state: mark,
    ...(step ? { at: Number(step.at) } : {}),
    ...(step?.transaction ? { detail: <Hash value={step.transaction} path="tx" /> } : {}),
  };
}

/** The path of an order that ends well; one that left it shows how far it came, and then where it went. */
export function timeline(order: Order): ProgressStep[] {
  const stepOf = (state: Order["state"]) => order.steps.findLast((step) => step.state === state);
  const reached = reachedStep(order);
  const isOff = OFF_PATH.has(order.state);
  const path = ORDER_PATH.map((state, index) => {
    const next: StepState = isOff ? "waiting" : "now";
    const mark: StepState = index <= reached ? "done" : index === reached + 1 ? next : "waiting";
    return rowOf(state, mark, stepOf(state));
  });
  if (!isOff)
    return order.state === "allocated" ? [...path, rowOf("allocated", "done", stepOf("allocated"))] : path;
  const mark: StepState = isOver(order) ? (order.state === "refunded" ? "done" : "failed") : "now";
  return [...path.slice(0, reached + 1), rowOf(order.state, mark, stepOf(order.state))];
}

/** Where an order is, with times and transactions. */
export function OrderTimeline({ order }: { order: Order }) {
  return <Progress label={words.timeline} steps={timeline(order)} />;
}
