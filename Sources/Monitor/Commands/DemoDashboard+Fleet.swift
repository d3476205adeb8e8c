extension DemoDashboard {
    static let fleetText = #"""
        # A simulated fleet: 200 devices at sea, on roads and on farms. Groups of them lose
        # their connection for up to a minute, and then send what they have kept, all at once.
        #
        # The same lines are read twice. `readings` goes by the time at which a device read
        # something, and each device has a watermark of its own: what it sends after a silence
        # is not late. `contact` goes by the time at which lines arrive, so it shows who is
        # silent now.
        #
        #     weir demo fleet
        #     weir watch Examples/fleet.yaml

        version: 1
        title: Fleet

        streams:
          readings:
            from: demo:fleet
            time: ts
            out_of_orderness: 2s
            watermark_by: device       # one that was offline is behind, and not late
            idle_after: 5s
            id: id                     # after a silence a device repeats its last lines
            dedup_window: 3m
          contact:
            from: demo:fleet
            time: arrival

        views:
          arrivals: rate() from contact by region over 5s every 1s
          heard:    count() as lines from contact by region, kind, device over 10s every 5s
          firmware: count() as lines from contact by firmware over 10s every 5s
          climate:  avg(temperature) as temp from readings by region, device over 20s every 5s
          power: |
            min(battery) as battery, avg(signal) as dBm from readings by device over 20s every 5s

        lag:
          archive: { from: "demo:fleet", group: archive }

        alerts:
          silent:
            when: heard.lines == 0
            for: 10s
            across: 5
            labels: { severity: page }
            summary: "{count} devices are silent: {groups}"
          hot:
            when: climate.temp > 30
            clear: climate.temp < 26
            for: 15s
            across: 10
            labels: { severity: ticket }
            summary: "{count} devices above 30 °C for {for}"

        panels:
          - row:
              - { sparkline: arrivals.rate, title: "lines/s by region", unit: "/s" }
              - { alerts: all }
          - row:
              - { table: climate, title: "temperature, °C", sort: -temp }
              - { table: heard, title: "lines in 10 s", sort: lines, min_width: 36 }
              - { lag: archive }
          - row:
              - { watermark: readings }
              - { table: power, title: "battery, % and signal, dBm", sort: battery }
              - { table: firmware, title: "lines in 10 s by firmware" }

        """#
}
