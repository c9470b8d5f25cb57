from reports import TONNE_UG
def test_gas(desk, usdc, orders, retired, payer, seller, bob, now, chain, owner):
    def g(label, r): open("/tmp/desk/gas.txt","a").write(f"{label} {r.gas_used}\n")
    for i in range(3):
        q=orders.make(payer,usdc,now); q2=orders.make(payer,usdc,now); q3=orders.make(payer,usdc,now)
        g(f"open {i} first",desk.open(q.order,q.signature,sender=payer))
        g(f"open {i} second",desk.open(q2.order,q2.signature,sender=payer))
        desk.open(q3.order,q3.signature,sender=payer)
        s=retired(q); g(f"fulfil whole {i}",desk.fulfil(q.order,s.report,s.signatures,0,sender=bob))
        s=retired(q2,amount_ug=2*TONNE_UG); g(f"fulfil part {i}",desk.fulfil(q2.order,s.report,s.signatures,0,sender=bob))
        g(f"decline {i}",desk.decline(q3.order,sender=seller))
    q=orders.make(payer,usdc,now); desk.open(q.order,q.signature,sender=payer)
    q2=orders.make(payer,usdc,now); desk.open(q2.order,q2.signature,sender=payer)
    chain.pending_timestamp=q.order["deadline"]+1
    g("refund, another open",desk.refund(q.order,sender=bob,gas=1000000))
    usdc.set_blacklisted(payer,True,sender=owner)
    g("refund refused",desk.refund(q2.order,sender=bob,gas=1000000))
