extension DemoDashboard {
    static let shopText = #"""
        # A simulated shop. In each three minutes payments are out from about 35 s to 75 s,
        # while everything is processed more slowly, and at about 90 s there is a burst of
        # signups.
        #
        #     weir demo shop
        #     weir watch Examples/shop.yaml

        version: 1
        title: Shop

        streams:
          shop:
            from: demo:shop
            time: ts
            out_of_orderness: 3s       # one event in a hundred comes up to 3 s late
            idle_after: 10s
            freshness: 5s
            id: id                     # four in a thousand come twice
            dedup_window: 1m
            stages: [created, broker, processed, stored]

        views:
          traffic:  rate() by type over 5s every 1s
          payments: |
            count(status >= 500) as failed, count() as tried
              where type == "payment" by region over 10s every 1s
          checkout: rate() where type == "payment" over 10s every 1s
          signups:  rate() where type == "signup" over 5s every 1s
          speed:    p50(latency_ms), p95(latency_ms), p99(latency_ms) by type over 10s every 1s
          errors:   count() as events where exists(error) by error, status over 10s every 1s

        lag:
          billing: { from: "demo:shop", group: billing }

        alerts:
          payments_failing:
            when: payments.failed > 0.25 * payments.tried
            clear: payments.failed < 0.1 * payments.tried
            for: 15s
            across: 3
            labels: { severity: page }
            summary: "payments fail in {count} regions: {groups}"
          fewer_payments:
            when: checkout.rate < 90
            clear: checkout.rate > 110
            for: 10s
            labels: { severity: page }
            summary: "only {value} payments/s for {for}"
          signup_burst:
            when: signups.rate > 150
            clear: signups.rate < 100
            for: 5s
            labels: { severity: ticket }
            summary: "{value} signups/s"

        panels:
          - row:
              - { sparkline: traffic.rate, title: "events/s by type", unit: "/s" }
              - { latency: shop }
          - row:
              - { sparkline: payments.failed, title: "failed payments in 10 s, by region" }
              - { alerts: all }
          - row:
              - { table: speed, title: "latency, 10 s", unit: ms, sort: -p99 }
              - { table: errors, title: "errors, 10 s", sort: -events, min_width: 36 }
              - { lag: billing }

        """#
}
