#if Training
    import Faceprint
    import FaceprintFiles
    import FaceprintModels
    import FaceprintTraining
    import Foundation

    extension Command {
        static let train = Command(
            "train", "Learn a network from a folder of people, one folder each.",
            operands: Operands(usage: "DIR", count: 1...1, completion: .folder),
            options: [
                .value("from", "MODEL", "start from this model, or from a Keras file", completion: .file),
                .choice("network", ["small"], "start from nothing, with a new network"),
                .value("name", "NAME", "the new model's name (default: that of the start, and “-trained”)"),
                .value("freeze-until", "LAYER", "this layer and those before it stay as they are"),
                .flag("head-only", "only what follows the last pooling learns, from features computed once: seconds"),
                .value("validation", "DIR", "people to judge each epoch by", completion: .folder),
                .value("hold-out", "SHARE", "without it: this share of each person's photos, 0 to 0.9 (default: 0.2)"),
                .value("min-photos", "N", "people with fewer photos are left out (default: 1)"),
                .value(
                    "output", "DIR", "where checkpoints, log and report go (default: in the data folder)",
                    completion: .folder),
                .flag("resume", "go on from the last checkpoint"),
            ] + Option.training + [.face, .profile, .detector, .json],
            example: """
                $ faceprint train people --from facenet --freeze-until Mixed_7a --epochs 10
                …
                the model “facenet-trained” is ready: AUC 99.91 % (99.42 % before), margin 0.512 (0.391 before)
                """
        ) { arguments in
            let communicator: any Communicator =
                MPICommunicator.isLaunched ? try MPICommunicator() : SingleProcess()
            defer { (communicator as? MPICommunicator)?.finish() }
            let start = try TrainingStart(arguments)
            let plan = try TrainingPlan(arguments, start)
            let people = try TrainingPeople(arguments, start, communicator)
            let session = try TrainingSession(arguments, start, plan, people, communicator)
            return try session.run()
        }
    }
#endif
