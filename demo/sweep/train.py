"""One training of the sweep: digits, a small network, a confusion matrix and a ROC curve."""

import sys

import matplotlib
import mlflow
from sklearn.datasets import load_digits
from sklearn.metrics import ConfusionMatrixDisplay, RocCurveDisplay
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402


def train(learning_rate, batch_size, optimizer):
    digits = load_digits(n_class=2)
    x_train, x_test, y_train, y_test = train_test_split(digits.data, digits.target, random_state=1)
    scaler = StandardScaler().fit(x_train)
    x_train, x_test = scaler.transform(x_train), scaler.transform(x_test)
    model = MLPClassifier((8,), solver=optimizer, learning_rate_init=learning_rate, batch_size=batch_size, random_state=1)
    for epoch in range(6):
        model.partial_fit(x_train, y_train, classes=[0, 1])
        mlflow.log_metrics({"loss": float(model.loss_), "accuracy": float(model.score(x_test, y_test))}, step=epoch)
    for display, name in (
        (ConfusionMatrixDisplay.from_estimator(model, x_test, y_test), "confusion_matrix.png"),
        (RocCurveDisplay.from_estimator(model, x_test, y_test), "roc_curve.png"),
    ):
        mlflow.log_figure(display.figure_, name)
        plt.close(display.figure_)


if __name__ == "__main__":
    train(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
