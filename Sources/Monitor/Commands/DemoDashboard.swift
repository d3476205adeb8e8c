import Configuration

/// The dashboard of `weir demo`: `Examples/plant.yaml`, kept in the program so that it is one file.
/// A test holds the two together.
enum DemoDashboard {
    static func plant() throws(Ending) -> Dashboard {
        do {
            return try Dashboard(reading: plantText, file: "Examples/plant.yaml")
        } catch {
            throw Ending(.badDashboard, error.description)
        }
    }

    static let plantText = #"""
        # The dashboard of `weir demo`: a simulated plant with machines at five sites.
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
            id: id                     # three in a thousand come twice
            dedup_window: 1m

        views:
          load:     rate() by site over 10s every 1s
          heat:     avg(temperature) as temp, max(temperature) as hottest by site over 30s every 1s
          latency:  p50(latency_ms), p99(latency_ms), count() by site over 10s every 1s
          shaking:  max(vibration) as peak, avg(vibration) as mean by machine over 30s every 5s
          failures: count(status == "fail") as failed, count() as events by site over 10s every 1s

        panels:
          - row:
              - { sparkline: load.rate, title: "events/s by site", unit: "/s" }
              - { sparkline: latency.p99, title: "p99 latency by site", unit: ms }
          - row:
              - { gauge: heat.temp, title: temperature, unit: "°C", max: 120, warn: 75, crit: 80 }
              - { table: latency, title: "latency, 10 s", unit: ms, sort: -p99 }
          - row:
              - { table: shaking, title: "vibration by machine, mm/s", sort: -peak }
              - { table: failures, title: "failures, 10 s", sort: -failed }

        """#
}
