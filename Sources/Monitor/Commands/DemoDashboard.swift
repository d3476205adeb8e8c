import Configuration
import Events

/// The dashboards of the demos: `Examples/NAME.yaml`, kept in the program so that it is one file.
/// A test holds the two together.
enum DemoDashboard {
    static func read(_ demo: DemoName) throws(Ending) -> Dashboard {
        do {
            return try Dashboard(reading: text(of: demo), file: "Examples/\(demo.rawValue).yaml")
        } catch {
            throw Ending(.badDashboard, error.description)
        }
    }

    static func text(of demo: DemoName) -> String {
        switch demo {
        case .plant: plantText
        case .shop: shopText
        case .fleet: fleetText
        }
    }
}
