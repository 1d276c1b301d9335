// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "faceprint",
    products: [
        .executable(name: "faceprint", targets: ["FaceprintCommand"]),
        .library(
            name: "Faceprint",
            targets: [
                "Faceprint", "FaceprintFiles", "FaceprintImaging", "FaceprintModels", "FaceprintInference",
                "FaceprintGallery", "FaceprintEvaluation", "FaceprintAnalysis", "FaceprintServer", "FaceprintTraining",
                "FaceprintVideo",
            ]),
    ],
    traits: [
        .trait(name: "PostgreSQL", description: "Galleries that many machines share, in a PostgreSQL database."),
        .trait(name: "Training", description: "Learning embeddings, on one machine or several."),
        .default(enabledTraits: ["PostgreSQL", "Training"]),
    ],
    targets: [
        // C libraries of the system, without logic of ours. The large ones are loaded when they are first called, by
        // CLateLibraries, and so have no pkg-config here, which would name them to the linker. libvips' headers need
        // those of GLib.
        .systemLibrary(name: "CVips", pkgConfig: "glib-2.0", providers: [.apt(["libvips-dev"])]),
        .systemLibrary(name: "CCairo", providers: [.apt(["libcairo2-dev"])]),
        .systemLibrary(name: "CHDF5", providers: [.apt(["libhdf5-dev"])]),
        .systemLibrary(name: "CGLib", pkgConfig: "glib-2.0", providers: [.apt(["libglib2.0-dev"])]),
        .systemLibrary(name: "CGetopt"),
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CPostgres", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CMicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "COpenVINO", pkgConfig: "openvino"),
        .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
        .systemLibrary(name: "CLAPACK", providers: [.apt(["liblapacke-dev"])]),
        .systemLibrary(name: "CSVM", providers: [.apt(["libsvm-dev"])]),
        .systemLibrary(
            name: "CFFmpeg",
            providers: [.apt(["libavformat-dev", "libavcodec-dev", "libavdevice-dev", "libswscale-dev"])]),
        .systemLibrary(name: "CMPI", pkgConfig: "ompi-c", providers: [.apt(["libopenmpi-dev"])]),
        .target(name: "CLateLibraries"),

        // The library, in the order in which a photo passes through it.
        .target(name: "CKernels"),
        .target(name: "Faceprint", dependencies: ["CKernels"]),
        .target(name: "FaceprintFiles", dependencies: ["CGLib"]),
        .target(
            name: "FaceprintImaging",
            dependencies: ["CCairo", "CKernels", "CLateLibraries", "CVips", "Faceprint", "FaceprintFiles"]),
        .target(
            name: "FaceprintModels",
            dependencies: ["CHDF5", "CKernels", "CLateLibraries", "Faceprint", "FaceprintFiles"]),
        .target(
            name: "FaceprintInference",
            dependencies: [
                "CLateLibraries", "COpenVINO", "Faceprint", "FaceprintFiles", "FaceprintImaging", "FaceprintModels",
            ]),
        .target(name: "FaceprintEvaluation", dependencies: ["Faceprint", "FaceprintFiles"]),
        .target(
            name: "FaceprintGallery",
            dependencies: [
                "CLateLibraries", .target(name: "CPostgres", condition: .when(traits: ["PostgreSQL"])), "CSQLite",
                "CSodium", "Faceprint", "FaceprintFiles",
            ]),

        .target(
            name: "FaceprintTraining",
            dependencies: [
                "CKernels", "CLateLibraries", .target(name: "CMPI", condition: .when(traits: ["Training"])),
                .target(name: "COneDNN", condition: .when(traits: ["Training"])), "Faceprint", "FaceprintEvaluation",
                "FaceprintFiles", "FaceprintImaging", "FaceprintModels",
            ]),

        // Looking at embeddings: pages that hold all that they show, their scripts and styles with it.
        .target(name: "CAnalysisPages", exclude: ["pages"]),
        .target(
            name: "FaceprintAnalysis",
            dependencies: [
                "CAnalysisPages", "CLAPACK", "CLateLibraries", "CSVM", "Faceprint", "FaceprintEvaluation",
                "FaceprintFiles", "FaceprintModels",
            ]),

        .target(
            name: "FaceprintVideo",
            dependencies: [
                "CFFmpeg", "CLateLibraries", "Faceprint", "FaceprintFiles", "FaceprintImaging", "FaceprintInference",
            ]),

        // The server, with its web pages, which are compiled into it.
        .target(name: "CPages", exclude: ["pages"]),
        .target(
            name: "FaceprintServer",
            dependencies: [
                "CCurl", "CLateLibraries", "CMicrohttpd", "CPages", "CSodium", "CSpawn", "Faceprint", "FaceprintFiles",
                "FaceprintImaging", "FaceprintModels", "FaceprintInference", "FaceprintGallery",
            ]),

        // The command line.
        .executableTarget(
            name: "FaceprintCommand",
            dependencies: [
                "CGetopt", "Faceprint", "FaceprintFiles", "FaceprintImaging", "FaceprintModels",
                "FaceprintInference", "FaceprintGallery", "FaceprintEvaluation", "FaceprintAnalysis", "FaceprintServer",
                "FaceprintTraining", "CGLib", "FaceprintVideo",
            ]),

        // Speed, beside others: see Benchmarks/run.
        .executableTarget(
            name: "FaceprintBenchmark",
            dependencies: [
                .target(name: "COneDNN", condition: .when(traits: ["Training"])), "Faceprint", "FaceprintAnalysis",
                "FaceprintFiles", "FaceprintGallery", "FaceprintImaging", "FaceprintInference", "FaceprintModels",
                "FaceprintTraining", "FaceprintVideo",
            ],
            path: "Benchmarks/FaceprintBenchmark"),

        // Tests, one target a module.
        .target(
            name: "TestSupport",
            dependencies: ["Faceprint", "FaceprintFiles", "FaceprintImaging", "FaceprintModels", "FaceprintVideo"],
            path: "Tests/TestSupport"),
        .executableTarget(
            name: "GalleryStress", dependencies: ["Faceprint", "FaceprintFiles", "FaceprintGallery", "TestSupport"],
            path: "Tests/GalleryStress"),
        .testTarget(name: "FaceprintTests", dependencies: ["CKernels", "Faceprint", "TestSupport"]),
        .testTarget(
            name: "FaceprintImagingTests", dependencies: ["CVips", "FaceprintFiles", "FaceprintImaging", "TestSupport"]),
        .testTarget(
            name: "FaceprintModelsTests",
            dependencies: ["CHDF5", "FaceprintModels", "FaceprintFiles", "TestSupport"]),
        .testTarget(
            name: "FaceprintInferenceTests",
            dependencies: ["FaceprintInference", "FaceprintModels", "FaceprintFiles", "TestSupport"]),
        .testTarget(
            name: "FaceprintGalleryTests",
            dependencies: [
                .target(name: "CPostgres", condition: .when(traits: ["PostgreSQL"])), "CSQLite", "FaceprintFiles",
                "FaceprintGallery", "GalleryStress", "TestSupport",
            ]),
        .testTarget(
            name: "FaceprintEvaluationTests", dependencies: ["Faceprint", "FaceprintEvaluation", "TestSupport"]),
        .testTarget(
            name: "FaceprintAnalysisTests",
            dependencies: ["Faceprint", "FaceprintAnalysis", "FaceprintImaging", "FaceprintModels", "TestSupport"]),
        .testTarget(
            name: "FaceprintTrainingTests",
            dependencies: [
                .target(name: "COneDNN", condition: .when(traits: ["Training"])), "CKernels", "Faceprint",
                "FaceprintFiles", "FaceprintImaging", "FaceprintModels", "FaceprintTraining", "TestSupport",
            ]),
        .testTarget(
            name: "FaceprintVideoTests",
            dependencies: [
                "Faceprint", "FaceprintImaging", "FaceprintInference", "FaceprintModels", "FaceprintVideo",
                "TestSupport",
            ]),
        .testTarget(
            name: "FaceprintServerTests",
            dependencies: [
                "CSQLite", "FaceprintGallery", "FaceprintImaging", "FaceprintInference", "FaceprintModels",
                "FaceprintServer",
                "TestSupport",
            ]),
        .testTarget(
            name: "FaceprintCommandTests",
            dependencies: [
                "CSQLite", "FaceprintAnalysis", "FaceprintCommand", "FaceprintFiles", "FaceprintGallery",
                "FaceprintImaging", "FaceprintModels", "TestSupport", "FaceprintVideo",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
