extension DemoDashboard {
    static let plantText = #"""
        # The dashboard of `weir demo`: a simulated plant with machines at five sites. A heat
        # wave takes three of them above 80 °C, and a bearing wears out, in the first two
        # minutes and again and again.
        #
        #     weir demo
        #     weir watch Examples/plant.yaml
        #     weir watch Examples/plant.yaml --source telemetry=events.ndjson

        version: 1
        title: Plant floor

        streams:
          telemetry:
            from: demo:plant
            time: ts
            out_of_orderness: 5s       # two events in a hundred come up to 4 s late
            idle_after: 10s
            freshness: 5s
            id: id                     # three in a thousand come twice
            dedup_window: 1m
            stages: [stages.created, stages.broker, stages.processed, stages.stored]

        views:
          load:     rate() by site over 10s every 1s
          heat:     avg(temperature) as temp, max(temperature) as hottest by site over 30s every 1s
          shaking:  max(vibration) as peak, avg(vibration) as mean by machine over 30s every 5s
          failures: count(status == "fail") as failed, count() as events by site over 10s every 1s

        lag:
          store: { from: "demo:plant", group: store }

        alerts:
          overheating:
            when: heat.temp > 80
            clear: heat.temp < 75
            for: 30s
            across: 3
            labels: { severity: page }
            summary: "{count} sites above 80 °C for {for}: {groups}"
          worn_bearing:
            when: shaking.mean > 7
            for: 10s
            labels: { severity: ticket }
            summary: "{machine} shakes: {value} mm/s"

        panels:
          - row:
              - { sparkline: load.rate, title: "events/s by site", unit: "/s" }
              - { latency: telemetry }
          - row:
              - { gauge: heat.temp, title: temperature, unit: "°C", max: 120, warn: 75, crit: 80 }
              - { alerts: all }
          - row:
              - { table: shaking, title: "vibration by machine, mm/s", sort: -peak }
              - { table: failures, title: "failures, 10 s", sort: -failed, min_width: 36 }
              - { lag: store }
          - page: machines
            height: 2
            row:
              - { heatmap: shaking.peak, title: "vibration over time", unit: " mm/s", sort: -peak }
              - { bars: shaking.mean, title: "vibration, mean", unit: " mm/s", warn: 5, crit: 7 }
          - page: machines
            row:
              - { area: heat.temp, title: temperature, unit: "°C", min: 40, warn: 75, crit: 80 }
          - { events: telemetry, page: stream, height: 2 }
          - page: stream
            row: [ { watermark: telemetry }, { dead_letters: telemetry }, { health: all } ]

        """#
}
