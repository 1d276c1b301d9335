// One benchmark of the engine, run as a child of the script that compares it with others:
// FaceprintBenchmark NAME ARGUMENT…

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "search": try benchmarkSearch(Array(arguments.dropFirst()))
case "fill": try fillGallery(Array(arguments.dropFirst()))
case "gallery": try benchmarkGallery(Array(arguments.dropFirst()))
case "cluster": try benchmarkClustering(Array(arguments.dropFirst()))
case "encoding": try benchmarkEncoding(Array(arguments.dropFirst()))
case "pictures": try writePictures(Array(arguments.dropFirst()))
case "detection": try benchmarkDetection(Array(arguments.dropFirst()))
case "recognition": try benchmarkRecognition(Array(arguments.dropFirst()))
case "limits": try benchmarkLimits()
case "steps": try benchmarkSteps(Array(arguments.dropFirst()))
case "video": try writeVideo(Array(arguments.dropFirst()))
#if Training
    case "train": try benchmarkTraining(Array(arguments.dropFirst()))
#endif
default:
    fatalError(
        "name a benchmark: search, fill, gallery, cluster, encoding, pictures, detection, recognition, limits, steps, "
            + "video or train"
    )
}
