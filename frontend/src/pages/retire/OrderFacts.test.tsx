import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import type { Order } from "../../api/types";
import { OrderFacts } from "./OrderFacts";

afterEach(cleanup);

test("OrderFacts: the amount is exact before it is paid for", () => {
  const quote = { amount_ug: "1234567890000", name: "Wind", project: "ICR-1", vintage: 2022 };
  const order = { quote, beneficiary_name: "GPTX", message: "For BLOOM", desk: null } as unknown as Order;
  render(<OrderFacts order={order} token={undefined} />);
  expect(screen.getByText("1.23456789 t CO₂e")).toBeTruthy();
});
